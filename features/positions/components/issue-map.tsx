import { MapFigure, type MapView } from "@/components/chart/map-figure";
import type { PlaceClass } from "@/components/chart/map-legend";
import { CountedSentence, plainSentence, type SentencePart } from "@/components/ui/counted-sentence";
import { Headline } from "@/components/ui/headline";
import { VALUE_NAMES } from "@/features/codebook/schema";
import { standLook, standPlaces } from "@/features/positions/components/stand-places";
import { StandsTable } from "@/features/positions/components/stands-table";
import { ValuePatterns } from "@/features/positions/components/value-fill";
import { evidenceParams, matrixParams } from "@/features/positions/formats/address";
import type { Matrix, MatrixRow } from "@/features/positions/queries/matrix";
import { codeOfCell, STANDS, wordsOfCode } from "@/features/positions/rules/table";
import { ABSENCES, type CellCondition, type CellKind, type MatrixQuery } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { citationOf } from "@/lib/citation";
import { formatDay, formatList, plural, type Day } from "@/lib/format";

const PATTERNS = "stand";

const LEGEND: readonly { title: string; kinds: readonly CellKind[] }[] = [
  { title: "In its own voice", kinds: ["own"] },
  { title: "Only through others", kinds: ["delegated"] },
  { title: "No position", kinds: ABSENCES },
];

type IssueMapProps = {
  view: MapView;
  /** Of member states, and of observers, on the one issue. */
  matrix: Matrix;
  observers: Matrix;
  query: MatrixQuery;
  /** What groups and speakers are called, by ref. */
  names: Readonly<Record<string, string>>;
  today: Day;
  /** Of which states alone it is, in words. */
  only: readonly string[];
};

/** Where states stand on one issue: a sentence, a map with its legend, and the same as a table. */
export function IssueMap({ view, matrix, observers, query, names, today, only }: IssueMapProps) {
  const [issue] = matrix.issues;
  if (!issue) return null;
  const codes = matrix.rows.map(({ cells: [cell] }) => cell && codeOfCell(cell));
  const rowsWith = (condition: Omit<CellCondition, "issue"> | null): string =>
    address(
      "/positions",
      matrixParams({ ...query, ...(condition && { where: [{ issue: issue.code, ...condition }] }) }),
    );
  const evidenceOf = ({ ref }: MatrixRow): string => address(`/positions/${ref}/${issue.code}`, evidenceParams(query));

  const classes = STANDS.map((stand): PlaceClass => ({
    key: stand.code,
    look: standLook(PATTERNS, stand),
    label: stand.value ? VALUE_NAMES[stand.value] : wordsOfCode(stand.code),
    count: codes.filter((code) => code === stand.code).length,
    href: rowsWith({ kind: stand.kind, value: stand.value ?? null }),
  }));
  const of = (code: string) => classes.find(({ key }) => key === code);
  const sentence = headlineOf({
    title: issue.title,
    only,
    states: { count: matrix.rows.length, href: rowsWith(null) },
    own: of("os"),
    through: of("ds"),
    opposed: of("oo"),
    when: matrix.dialogue ? `at ${matrix.dialogue.title}` : `as of ${formatDay(matrix.asOf)}`,
  });
  const shared = { column: 0, patterns: PATTERNS, names, hrefFor: evidenceOf };
  return (
    <>
      <Headline id="headline">
        <CountedSentence parts={sentence} />
      </Headline>
      <MapFigure
        view={view}
        title={`${issue.title}, ${matrix.dialogue ? formatDay(matrix.asOf) : `as of ${formatDay(matrix.asOf)}`}`}
        places={[
          ...standPlaces({ ...shared, rows: matrix.rows }),
          ...standPlaces({ ...shared, rows: observers.rows, observer: true }),
        ]}
        legend={LEGEND.map(({ title, kinds }) => ({
          title,
          classes: classes.filter((_, place) => kinds.some((kind) => kind === STANDS[place]?.kind)),
        }))}
        patterns={<ValuePatterns id={PATTERNS} />}
        csv={address("/api/v1/matrix.csv", matrixParams(query))}
        sentence={plainSentence(sentence)}
        citation={citationOf({
          title: `Positions on “${issue.title}”`,
          conditions: [
            matrix.dialogue ? `At ${matrix.dialogue.title} alone` : `As of ${formatDay(matrix.asOf)}`,
            `Aligned states ${query.aligned === "include" ? "inherit" : "do not inherit"} positions`,
            `Codebook version ${matrix.codebook}`,
            ...only,
          ],
          read: today,
        })}
        table={<StandsTable label="Positions of member states" rows={matrix.rows} names={names} hrefFor={evidenceOf} />}
      />
      {observers.rows.length > 0 && (
        <>
          <h2 className="mt-9 mb-3">Observers</h2>
          <StandsTable label="Positions of observers" rows={observers.rows} names={names} hrefFor={evidenceOf} />
        </>
      )}
    </>
  );
}

type Counted = { count: number; href: string };

type HeadlineOf = {
  title: string;
  only: readonly string[];
  states: Counted;
  own: Counted | undefined;
  through: Counted | undefined;
  opposed: Counted | undefined;
  when: string;
};

/** "87 of 193 states have supported “…” in their own voice, 4 more through others; 2 have opposed it, as of 6 Sep 2017." */
function headlineOf({ title, only, states, own, through, opposed, when }: HeadlineOf): SentencePart[] {
  const part = (counted: Counted | undefined, text: (count: number) => string): SentencePart => ({
    text: text(counted?.count ?? 0),
    count: counted?.count ?? 0,
    href: counted?.href ?? "",
  });
  const none = (own?.count ?? 0) === 0;
  return [
    none ? "None" : part(own, String),
    " of ",
    part(states, (count) => plural(count, "state", "states")),
    ...(only.length > 0 ? [` (${formatList(only)})`] : []),
    ` ${own?.count === 1 || none ? "has" : "have"} supported “${title}” in ${own?.count === 1 || none ? "its" : "their"} own voice`,
    ...((through?.count ?? 0) > 0 ? [", ", part(through, (count) => `${count} more`), " through others"] : []),
    ...((opposed?.count ?? 0) > 0
      ? [
          "; ",
          part(opposed, String),
          ` ${opposed?.count === 1 ? "has" : "have"} opposed it in ${opposed?.count === 1 ? "its" : "their"} own voice`,
        ]
      : []),
    `, ${when}.`,
  ];
}
