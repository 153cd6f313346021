import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { DialogueDto } from "@/features/dialogues/queries";
import type { Tally } from "@/features/figures/queries/tallies";
import type { CodingProgress } from "@/features/positions/queries/codings";
import { formatDay } from "@/lib/format";

/** A dialogue with how much of it is on record: who spoke beside what was published, and how far its coding is. */
export type Coverage = {
  dialogue: Pick<DialogueDto, "id" | "slug" | "title" | "startsOn">;
  tally: Tally | undefined;
  progress: CodingProgress | undefined;
};

/** How much of the newest dialogues is on record, one row each; every number opens its rows. */
export function CoverageTable({ rows }: { rows: readonly Coverage[] }) {
  return (
    <Table label="Coverage of the record">
      <thead>
        <tr>
          <HeaderCell>Day</HeaderCell>
          <HeaderCell>Dialogue</HeaderCell>
          <HeaderCell numeric>Member states recorded</HeaderCell>
          <HeaderCell numeric>Statements</HeaderCell>
          <HeaderCell numeric>Not coded</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ dialogue: { id, slug, title, startsOn }, tally, progress }) => (
          <tr key={id}>
            <Cell className="whitespace-nowrap">{formatDay(startsOn)}</Cell>
            <RowHeader className="min-w-52 whitespace-normal">
              <TextLink plain href={`/dialogues/${slug}`}>
                {title}
              </TextLink>
            </RowHeader>
            <Cell numeric>
              <Counted href={`/dialogues/${slug}/speakers?kind=member_state`} count={tally?.memberStates ?? 0} />
              {typeof tally?.published === "number" && <span className="text-ink-2"> of {tally.published}</span>}
            </Cell>
            <Cell numeric>
              <Counted href={`/dialogues/${slug}/coding`} count={progress?.total ?? 0} />
            </Cell>
            <Cell numeric>
              <Counted
                href={`/dialogues/${slug}/coding?status=not_coded`}
                count={(progress?.total ?? 0) - (progress?.coded ?? 0)}
              />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Counted({ href, count }: { href: string; count: number }) {
  if (count === 0) return <span className="text-ink-3">0</span>;
  return (
    <CountLink href={href} count={count}>
      {count}
    </CountLink>
  );
}
