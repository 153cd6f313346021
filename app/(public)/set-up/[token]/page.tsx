import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { DeadLink } from "@/features/people/components/dead-link";
import { ChoosePasswordForm, SetUpForm } from "@/features/people/components/link-forms";
import { findOpenLink } from "@/lib/auth/one-time-link";
import { answerWith } from "@/lib/request-context";

export const metadata: Metadata = { title: "Set up" };

export default async function SetUpPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const link = await findOpenLink(token);
  if (!link) {
    answerWith(404);
    return <DeadLink />;
  }
  const { user } = link;
  return (
    <Page width="form">
      {user ? (
        <PageTitle
          title="Choose a password"
          sub={`For the account of ${user.name}, ${user.email}. This link works once.`}
        />
      ) : (
        <PageTitle
          title="Make the first account"
          sub="It belongs to an administrator, who can then invite everybody else. This page closes for ever once the account is made."
        />
      )}
      <div className="mt-6 max-w-112">
        {user ? <ChoosePasswordForm link={token} email={user.email} /> : <SetUpForm link={token} />}
      </div>
    </Page>
  );
}
