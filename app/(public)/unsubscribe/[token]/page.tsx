import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ProblemPage } from "@/components/layout/problem-page";
import { ButtonLink } from "@/components/ui/button";
import { unsubscriberOf } from "@/features/audit/queries/digest";
import { answerWith } from "@/lib/request-context";

export const metadata: Metadata = { title: "Daily digest" };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
};

/** One button, which works without signing in and without JavaScript. To open the page changes nothing: mail scanners do. */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const { token } = await params;
  const done = (await searchParams).done !== undefined;
  if (unsubscriberOf(token) === null) {
    answerWith(404);
    return (
      <ProblemPage title="This link does not work" actions={<ButtonLink href="/account">Your account</ButtonLink>}>
        <p>It may have been cut short by a mail program. In your account you can switch the daily digest off, too.</p>
      </ProblemPage>
    );
  }
  if (done) {
    return (
      <Page width="form">
        <PageTitle
          title="The daily digest is off"
          sub="You get no more of these messages. In your account you can switch it on again."
        />
      </Page>
    );
  }
  return (
    <Page width="form">
      <PageTitle
        title="Switch the daily digest off?"
        sub="News stays in your inbox, and what you watch stays watched."
      />
      <form method="post" action={`/api/unsubscribe/${token}?page=1`} className="mt-6">
        <button type="submit" className="btn" data-variant="primary">
          Switch it off
        </button>
      </form>
    </Page>
  );
}
