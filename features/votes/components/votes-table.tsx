import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { VoteTag } from "@/features/votes/components/vote-tag";
import { ResultSentence } from "@/features/votes/components/result-sentence";
import type { RecordedVoteDto } from "@/features/votes/queries/votes";
import type { VoteValue } from "@/features/votes/schema";
import { address } from "@/lib/address";
import { formatDay } from "@/lib/format";

type Row = RecordedVoteDto & { value?: VoteValue };

/** Recorded votes; of one state, with how it voted. */
export function VotesTable({ label, votes }: { label: string; votes: readonly Row[] }) {
  const ofState = votes.some(({ value }) => value !== undefined);
  return (
    <Table label={label} density="roomy">
      <thead>
        <tr>
          <HeaderCell>Day</HeaderCell>
          <HeaderCell>What was voted on</HeaderCell>
          <HeaderCell>Symbol</HeaderCell>
          {ofState && <HeaderCell>Vote</HeaderCell>}
          <HeaderCell>Result</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {votes.map(({ id, slug, symbol, title, date, result, value }) => (
          <tr key={id}>
            <Cell className="whitespace-nowrap">{formatDay(date)}</Cell>
            <RowHeader className="min-w-60">
              <TextLink plain href={`/votes/${slug}`}>
                {title}
              </TextLink>
            </RowHeader>
            <Cell className="whitespace-nowrap">{symbol ?? <span className="text-ink-3">–</span>}</Cell>
            {ofState && <Cell>{value && <VoteTag value={value} />}</Cell>}
            <Cell className="min-w-60">
              <ResultSentence
                result={result}
                hrefFor={(chosen) => `${address(`/votes/${slug}`, { value: chosen })}#votes`}
              />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
