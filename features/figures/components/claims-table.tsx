import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import type { ComparedClaim } from "@/features/figures/queries/claims";
import { RULE_NAMES, UNIT_NAMES } from "@/features/figures/schema";
import { formatDay } from "@/lib/format";

const VERDICTS = {
  matches: { tone: "ok", label: "matches" },
  differs: { tone: "danger", label: "differs" },
  incomplete: { tone: "warn", label: "record incomplete" },
  uncertain: { tone: "warn", label: "memberships uncertain" },
  "not computable": { tone: "neutral", label: "not computable" },
} as const;

/** Published figures beside what the data gives, each with its source. */
export function ClaimsTable({ claims }: { claims: ComparedClaim[] }) {
  return (
    <Table label="Published figures" density="roomy">
      <thead>
        <tr>
          <HeaderCell>What was counted</HeaderCell>
          <HeaderCell numeric>Published</HeaderCell>
          <HeaderCell numeric>Computed</HeaderCell>
          <HeaderCell>Verdict</HeaderCell>
          <HeaderCell>Publisher</HeaderCell>
          <HeaderCell>Rule claimed</HeaderCell>
          <HeaderCell>Note</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {claims.map(({ claim, computed, verdict, groupName }) => (
          <tr key={claim.id}>
            <RowHeader>
              {groupName ?? UNIT_NAMES[claim.unit]}
              {groupName && " members"}
              {claim.meeting !== null && ` · meeting ${claim.meeting}`}
              {claim.scope === "cumulative" && " · all dialogues so far"}
            </RowHeader>
            <Cell numeric>{claim.printed ?? claim.value}</Cell>
            <Cell numeric>{computed ?? "–"}</Cell>
            <Cell>
              <Tag tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].label}</Tag>
            </Cell>
            <Cell>
              <a className="link" href={claim.sourceUrl} rel="noreferrer">
                {claim.publisher}
              </a>
              {claim.publishedOn && <span className="text-ink-3">, {formatDay(claim.publishedOn)}</span>}
            </Cell>
            <Cell>{claim.rule ? RULE_NAMES[claim.rule].name : "not said"}</Cell>
            <Cell className="max-w-read whitespace-normal text-sm text-ink-2">{claim.note}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
