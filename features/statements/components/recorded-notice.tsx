import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import type { StatementDetail } from "@/features/statements/queries/statement";

type RecordedNoticeProps = {
  statement: Pick<StatementDetail, "id" | "dialogue" | "speakerName" | "order" | "warnings">;
};

/** Says that a statement is on record, and what is odd about it. */
export function RecordedNotice({ statement: { id, dialogue, speakerName, order, warnings } }: RecordedNoticeProps) {
  const path = `/dialogues/${dialogue}/statements`;
  return (
    <div className="mt-4 grid gap-2">
      <Notice tone="ok">
        Recorded: the statement by {speakerName}, number {order}. <TextLink href={`${path}/${id}`}>Open it</TextLink> or{" "}
        <TextLink href={`${path}/new`}>add the next</TextLink>.
      </Notice>
      <StatementWarnings warnings={warnings} />
    </div>
  );
}

/** What is odd about a statement that stands as it was recorded. */
export function StatementWarnings({ warnings }: { warnings: readonly string[] }) {
  return warnings.map((warning) => (
    <Notice key={warning} tone="warn">
      {warning} So far that part of the statement covers nobody.
    </Notice>
  ));
}
