import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { actorPath } from "@/features/actors/schema";
import { PositionMark } from "@/features/positions/components/position-mark";
import { comparePath } from "@/features/positions/formats/compare-address";
import type { Comparison } from "@/features/positions/queries/compare";
import type { Pair } from "@/features/positions/rules/compare";
import { isEnough } from "@/features/positions/rules/strength";
import { SHOWN, type ComparePageQuery } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { formatList, formatNumber, plural } from "@/lib/format";

type Row = Comparison["rows"][number];

type OfComparison = { comparison: Comparison; query: ComparePageQuery; names: Readonly<Record<string, string>> };

/** How far apart the values of a row are: "same", "1 step". */
function apart(steps: number): string {
  return steps === 0 ? "the same" : plural(steps, "step", "steps");
}

/** Issues with what each said on them, and on how many positions that rests; and how far apart they are, or who is missing. */
export function ComparedTable({
  comparison,
  query,
  names,
  rows,
  label,
}: OfComparison & { rows: readonly Row[]; label: string }) {
  const { actors } = comparison;
  const missing = rows.some(({ agreement }) => agreement.kind === "some");
  return (
    <Table label={label} density="roomy">
      <thead>
        <tr>
          <HeaderCell>Issue</HeaderCell>
          {actors.map(({ actor, ref }) => (
            <HeaderCell key={ref}>
              <TextLink plain href={address(actorPath(actor), { codebook: query.codebook })}>
                {actor.name}
              </TextLink>
            </HeaderCell>
          ))}
          <HeaderCell>{missing ? "Missing" : "Apart"}</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { agreement } = row;
          return (
            <tr key={row.issue.id}>
              <RowHeader className="min-w-40">
                <TextLink plain href={address(`/codebook/${row.issue.code}`, { codebook: query.codebook })}>
                  {row.issue.title}
                </TextLink>
              </RowHeader>
              {row.cells.map(({ cell, positions }, place) => (
                <Cell key={actors[place]?.ref} className="min-w-36">
                  <PositionMark
                    kind={cell.kind}
                    value={"value" in cell ? cell.value : null}
                    through={"value" in cell && cell.through !== null ? (names[cell.through] ?? cell.through) : null}
                  />
                  {positions > 0 && (
                    <span className="block text-sm text-ink-2">
                      <CountLink href={evidenceHref(actors[place]?.ref ?? "", row.issue.code, query)} count={positions}>
                        {plural(positions, "position", "positions")}
                      </CountLink>
                    </span>
                  )}
                </Cell>
              ))}
              <Cell className="whitespace-nowrap text-ink-2">
                {agreement.kind === "all" && apart(agreement.steps)}
                {agreement.kind === "some" && (
                  <span className="whitespace-normal">
                    {formatList(agreement.missing.map((place) => actors[place]?.actor.name ?? ""))}
                  </span>
                )}
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** The positions behind a cell: of the same time and voice. */
function evidenceHref(ref: string, issue: string, { asOf, dialogue, codebook, voice }: ComparePageQuery): string {
  const mode = voice === "own" ? "own" : undefined;
  return address(`/positions/${ref}/${issue}`, { asOf, dialogue, codebook, mode, within: "scope" });
}

/** Each two of them: on how many issues that both addressed, and how far apart. Below the threshold no agreement is given. */
export function PairsTable({ comparison, query, pairs }: Omit<OfComparison, "names"> & { pairs: readonly Pair[] }) {
  const { actors } = comparison;
  return (
    <Table label="Each two of them">
      <thead>
        <tr>
          <HeaderCell>Who</HeaderCell>
          <HeaderCell numeric>Issues that both addressed</HeaderCell>
          {SHOWN.map((steps) => (
            <HeaderCell key={steps} numeric>
              {steps === "0" ? "Same value" : `${plural(Number(steps), "step", "steps")} apart`}
            </HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {pairs.map(({ a, b, both, bySteps }) => {
          const [one, other] = [actors[a], actors[b]];
          if (!one || !other) return null;
          const href = (steps?: (typeof SHOWN)[number]) =>
            `${comparePath(query, { actors: [one.ref, other.ref], steps })}#all-addressed`;
          return (
            <tr key={`${one.ref} ${other.ref}`}>
              <RowHeader>
                {one.actor.name} and {other.actor.name}
              </RowHeader>
              <Cell numeric>
                <Counted count={both} href={href()} />
              </Cell>
              {isEnough(both) ? (
                SHOWN.map((steps) => (
                  <Cell key={steps} numeric>
                    <Counted count={bySteps[Number(steps)] ?? 0} href={href(steps)} />
                  </Cell>
                ))
              ) : (
                <Cell colSpan={SHOWN.length} className="text-ink-2">
                  not enough evidence
                </Cell>
              )}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function Counted({ count, href }: { count: number; href: string }) {
  if (count === 0) return <span className="text-ink-3">0</span>;
  return (
    <CountLink href={href} count={count}>
      {formatNumber(count)}
    </CountLink>
  );
}
