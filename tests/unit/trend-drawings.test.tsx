import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { TrendChart, trendSentence } from "@/features/figures/components/trend-chart";
import { TurnoutChart } from "@/features/figures/components/turnout-chart";
import type { TrendPoint } from "@/features/figures/queries/over-time";
import type { Completeness } from "@/features/figures/rules/over-time";
import { CompositionChart } from "@/features/positions/components/composition-chart";
import { compositionOf, countValues, noValues } from "@/features/positions/rules/composition";
import { distributionOf, placeInDistribution } from "@/features/positions/rules/distribution";
import { fits } from "@/features/positions/rules/table";
import type { Cell } from "@/features/positions/rules/settled";
import { ABSENCES, MODES, VALUE_GLYPHS } from "@/features/positions/schema";
import { law } from "@/tests/support/random-record";

function point(year: number, completeness: Completeness, spoke: number, published: number[] = []): TrendPoint {
  const claims = published.map((value) => ({
    id: `${year} ${value}`,
    dialogue: `in-${year}`,
    meeting: null,
    group: null,
    scope: "total" as const,
    unit: "member_states_spoke" as const,
    value,
    printed: null,
    publisher: `Publisher of ${value}`,
    publishedOn: null,
    rule: null,
    sourceUrl: "https://example.org",
    note: null,
  }));
  const some = Array.from({ length: spoke }, (_, index) => `state ${index}`);
  return {
    slug: `in-${year}`,
    title: `Dialogue of ${year}`,
    startsOn: `${year}-06-25`,
    spoke,
    reached: some,
    ownVoice: some,
    firstTime: some.slice(0, 2),
    fellSilent: some.slice(0, 1),
    completeness,
    published: { member_states_spoke: claims, states_represented: [] },
  };
}

const draw = (points: TrendPoint[]) => renderToStaticMarkup(<TrendChart points={points} title="Speakers" />);
/** How many pieces the lines of a drawing have, and the numbers that stand at its counted marks. */
const linesIn = (svg: string) => [...svg.matchAll(/<path d="([^"]*)"/g)].map(([, d]) => (d?.match(/M/g) ?? []).length);

describe("the drawing of the years", () => {
  it("joins dialogues whose record is complete, and no others: a fall of the record is no fall", () => {
    const whole = [2009, 2010, 2011].map((year) => point(year, "complete", 60, [60]));
    // Two panels, each with one line in one piece.
    expect(linesIn(draw(whole))).toEqual([1, 1]);
    const thin = [
      ...whole,
      point(2012, "incomplete", 3, [68]),
      point(2013, "complete", 70),
      point(2014, "complete", 71),
    ];
    expect(linesIn(draw(thin))).toEqual([2, 2]);
    expect(linesIn(draw(thin.map((one) => ({ ...one, completeness: "incomplete" }))))).toEqual([]);
  });

  it("draws incomplete records as open marks, none where nothing is on record, and every published figure", () => {
    const svg = draw([point(2013, "incomplete", 35, [68, 69]), point(2014, "unrecorded", 0, [67])]);
    expect(svg.match(/<circle r="4"[^>]*fill-paper/g)).toHaveLength(3);
    expect(svg).not.toContain('class="fill-ink stroke-ink"');
    // Three figures in the upper panel, and one in the key.
    expect(svg.match(/stroke-accent/g)).toHaveLength(4);
    expect(svg).toContain(">68/69</text>");
    expect(trendSentence(point(2013, "incomplete", 35, [69, 68]))).toBe(
      "Dialogue of 2013: at least 35 member states spoke (published: 69 and 68), for at least 35 states.",
    );
  });

  it("has bars in outline where the record is not known to be complete", () => {
    const bars = (completeness: Completeness) =>
      renderToStaticMarkup(<TurnoutChart points={[point(2013, completeness, 4)]} title="Turnout" />).match(
        /stroke-dasharray/g,
      );
    expect([bars("complete"), bars("unchecked")?.length, bars("incomplete")?.length]).toEqual([null, 2, 2]);
  });
});

describe("the drawing of an issue over the years", () => {
  const at = (slug: string, startsOn: string) => ({ slug, title: slug, startsOn });

  it("tells values by glyph and number, and a gap from a zero in words", () => {
    const counts = { ...noValues(), support: 12, oppose: 3 };
    const svg = renderToStaticMarkup(
      <CompositionChart
        id="test"
        title="An issue"
        rows={[
          { ...at("one", "2009-07-23"), ...compositionOf(counts, 0) },
          { ...at("two", "2010-08-09"), ...compositionOf(noValues(), 0) },
          { ...at("three", "2011-07-12"), ...compositionOf(noValues(), 5) },
        ]}
      />,
    );
    expect(svg).toContain(`>${VALUE_GLYPHS.support} 12</text>`);
    expect(svg).toContain(`>${VALUE_GLYPHS.oppose} 3</text>`);
    expect(svg).toContain("nothing coded");
    expect(svg).toContain("coded; no statement addresses it");
    expect(svg.match(/class="value-shape /g)).toHaveLength(2);
  });
});

describe("a distribution", () => {
  const at = { dialogue: null, day: "2017-12-31", order: 0 };
  const anyCell = fc.oneof(
    fc.constantFrom(...ABSENCES).map((kind): Cell => ({ kind })),
    fc
      .record({ kind: fc.constantFrom(...MODES), value: fc.constantFrom(...POSITION_VALUES) })
      .map((stand): Cell => ({ ...stand, positionId: "p", statementId: null, through: null, at })),
  );

  it("has every cell in exactly one share, in an order that cells can be sorted by", () => {
    law(fc.array(anyCell), (cells) => {
      const shares = distributionOf(cells);
      expect(shares.reduce((sum, { count }) => sum + count, 0)).toBe(cells.length);
      for (const cell of cells) expect(shares.filter((share) => fits(cell, share))).toHaveLength(1);
      const sorted = cells.toSorted((a, b) => placeInDistribution(a) - placeInDistribution(b));
      const order = sorted.map((cell) => shares.findIndex((share) => fits(cell, share)));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      const own = cells.flatMap((cell) => (cell.kind === "own" ? [cell.value] : []));
      const counted = countValues(own);
      for (const { kind, value, count } of shares) if (kind === "own" && value) expect(count).toBe(counted[value]);
    });
  });
});
