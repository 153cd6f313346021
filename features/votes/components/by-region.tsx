import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { UN_REGION_NAMES, UN_REGIONS, type UnRegion } from "@/features/actors/schema";
import type { StateVote } from "@/features/votes/queries/votes";
import { VALUE_NAMES, VOTE_VALUES, type VoteValue } from "@/features/votes/schema";

type Region = UnRegion | "none";
const ROWS: readonly { region: Region; name: string }[] = [
  ...UN_REGIONS.map((region) => ({ region, name: UN_REGION_NAMES[region] })),
  { region: "none", name: "In none" },
];

type ByRegionProps = {
  votes: readonly StateVote[];
  hrefFor: (filter: { region?: Region; value?: VoteValue }) => string;
};

/** A roll call by UN regional group of the day; each number opens exactly its rows. */
export function ByRegion({ votes, hrefFor }: ByRegionProps) {
  const inRegion = (region: Region) => votes.filter((vote) => (vote.region ?? "none") === region);
  const rows = ROWS.filter(({ region }) => inRegion(region).length > 0);
  return (
    <Table label="By UN regional group">
      <thead>
        <tr>
          <HeaderCell>UN regional group</HeaderCell>
          {VOTE_VALUES.map((value) => (
            <HeaderCell key={value} numeric>
              {VALUE_NAMES[value]}
            </HeaderCell>
          ))}
          <HeaderCell numeric>States</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ region, name }) => {
          const own = inRegion(region);
          return (
            <tr key={region}>
              <RowHeader>{name}</RowHeader>
              {VOTE_VALUES.map((value) => (
                <Cell key={value} numeric>
                  <Count count={own.filter((vote) => vote.value === value).length} href={hrefFor({ region, value })} />
                </Cell>
              ))}
              <Cell numeric>
                <Count count={own.length} href={hrefFor({ region })} />
              </Cell>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <RowHeader>All</RowHeader>
          {VOTE_VALUES.map((value) => (
            <Cell key={value} numeric>
              <Count count={votes.filter((vote) => vote.value === value).length} href={hrefFor({ value })} />
            </Cell>
          ))}
          <Cell numeric>
            <Count count={votes.length} href={hrefFor({})} />
          </Cell>
        </tr>
      </tfoot>
    </Table>
  );
}

function Count({ count, href }: { count: number; href: string }) {
  return count === 0 ? (
    <span className="text-ink-3">0</span>
  ) : (
    <CountLink href={href} count={count}>
      {count}
    </CountLink>
  );
}
