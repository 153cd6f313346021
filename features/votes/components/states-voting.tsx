import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { UN_REGION_NAMES } from "@/features/actors/schema";
import { VoteTag } from "@/features/votes/components/vote-tag";
import type { StateVote } from "@/features/votes/queries/votes";

/** How each state voted, with its name of the day and as the record prints it. */
export function StatesVoting({ votes }: { votes: readonly StateVote[] }) {
  return (
    <Table label="Votes of states">
      <thead>
        <tr>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Code</HeaderCell>
          <HeaderCell>Vote</HeaderCell>
          <HeaderCell>UN regional group</HeaderCell>
          <HeaderCell>As printed</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {votes.map(({ actor, slug, name, value, region, printed }) => (
          <tr key={actor}>
            <RowHeader>
              <TextLink plain href={`/states/${slug}`}>
                {name}
              </TextLink>
            </RowHeader>
            <Cell muted>{actor}</Cell>
            <Cell>
              <VoteTag value={value} />
            </Cell>
            <Cell>{region ? UN_REGION_NAMES[region] : <span className="text-ink-3">in none</span>}</Cell>
            <Cell muted>{printed ?? "–"}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
