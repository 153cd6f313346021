import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { listRecodeQueue } from "@/features/codebook/queries/codings";
import { ToCodeTable } from "@/features/positions/components/to-code-table";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { listDialoguesToCode } from "@/features/positions/queries/codings";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatNumber, plural } from "@/lib/format";

export const metadata = { title: "Coding" };

const query = z.object({ codebook: codebookParam });

export default async function CodingQueuePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const codebook = await askedVersion(caller, lenient(query, single(await searchParams)).codebook);
  const { dialogues, again } = await snapshot(caller, async (tx) => ({
    dialogues: await listDialoguesToCode(tx, codebook),
    again: (await listRecodeQueue(tx, { page: 1, size: 1 }, codebook)).total,
  }));
  const waiting = dialogues.reduce((sum, { coded, total }) => sum + total - coded, 0);
  const withText = dialogues.reduce((sum, one) => sum + one.withText, 0);
  return (
    <Page>
      <PageTitle
        title="Coding"
        sub="Statements that wait to be read for the issues of the codebook, dialogue by dialogue."
      />
      <UnderVersion version={codebook} href="/coding" />
      {again > 0 && (
        <Notice tone="warn" className="mt-4">
          <TextLink href={address("/codebook/recode", { codebook })}>{plural(again, "coding", "codings")}</TextLink> of
          issues that were split since {again === 1 ? "waits" : "wait"} to be made again.
        </Notice>
      )}
      <div className="mt-6">
        {dialogues.length === 0 ? (
          <EmptyState title="Every statement on record is coded.">
            What is recorded from now on appears here until somebody codes it.
          </EmptyState>
        ) : (
          <>
            <p className="mb-3 text-ink-2">
              {plural(waiting, "statement is", "statements are")} not coded yet; {formatNumber(withText)} of them{" "}
              {withText === 1 ? "has" : "have"} a stored text to code from.
            </p>
            <ToCodeTable dialogues={dialogues} version={codebook} />
          </>
        )}
      </div>
    </Page>
  );
}
