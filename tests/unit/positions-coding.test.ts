import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { codedInputs, codingValues, rowsOf, strayCodings, versionsOfCoding } from "@/features/positions/formats/coding";
import type { PositionDto, StatementPositions } from "@/features/positions/queries/statement";
import { codingForm, codingStatus, CONFIDENCES } from "@/features/positions/schema";
import { formValues, type FormValues } from "@/lib/form";

const ISSUES = [
  { code: "formal_agenda", title: "Formal agenda item" },
  { code: "veto_restraint", title: "Veto restraint" },
  { code: "memo", title: "An issue that is called as a field is" },
];
const ID = "01920000-0000-7000-8000-000000000001";
const TEXT = "01920000-0000-7000-8000-000000000002";

function position(more: Partial<PositionDto> = {}): PositionDto {
  return {
    id: ID,
    issue: "formal_agenda",
    issueTitle: "Formal agenda item",
    reading: "itself",
    codedAs: "formal_agenda",
    kind: "position",
    value: "support",
    quote: null,
    quotation: null,
    noQuoteReason: null,
    note: null,
    confidence: null,
    sourceUrl: null,
    codebook: 1,
    coder: "Analyst One",
    ...more,
  };
}

function coding(positions: PositionDto[], more: Partial<StatementPositions> = {}): StatementPositions {
  const submitted = { version: 1, codebook: 1, submittedAt: "2026-01-01T00:00:00.000Z", coder: "Analyst One" };
  return { statement: ID, ...submitted, memo: null, positions, ...more };
}

/** The values as a browser sends them: flat names, and CRLF. */
function sent(values: FormValues): FormValues {
  const form = new FormData();
  const put = (name: string, value: unknown): void => {
    if (typeof value === "string") form.append(name, value.replaceAll("\n", "\r\n"));
    else for (const [key, inner] of Object.entries(value as object)) put(name === "" ? key : `${name}.${key}`, inner);
  };
  put("", { statement: ID, version: "1", codebook: "1", ...values });
  return formValues(form);
}

const submitted = (values: FormValues) => codedInputs(codingForm.parse(sent(values)));
const on = (row: FormValues): FormValues => ({ "on-formal_agenda": [row] });

describe("the coding form", () => {
  const words = fc
    .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
    .filter((text) => /^\p{L}.*\p{L}$/u.test(text));
  const said = fc
    .record({
      issue: fc.constantFrom(...ISSUES.map(({ code }) => code)),
      kind: fc.constantFrom("position" as const, "mention" as const, "signature" as const),
      value: fc.option(fc.constantFrom(...POSITION_VALUES)),
      quote: fc.option(words),
      start: fc.nat(1000),
      noQuoteReason: fc.option(words),
      note: fc.option(words),
      confidence: fc.option(fc.constantFrom(...CONFIDENCES)),
    })
    .filter(({ kind, value }) => kind !== "position" || value !== null);

  it("sends back what is on record, whatever it is, when nobody changes it", () => {
    const list = fc.uniqueArray(said, { selector: ({ issue, kind }) => `${issue} ${kind}`, maxLength: 9 });
    fc.assert(
      fc.property(list, (all) => {
        const positions = all.map(({ start, ...one }) =>
          position({
            ...one,
            quotation:
              one.quote === null ? null : { id: ID, text: TEXT, start, paragraph: 1, page: null, orphaned: false },
          }),
        );
        const { inputs } = submitted(codingValues(coding(positions), ISSUES));
        const expected = all.map(({ start, quote, ...one }) => ({
          ...one,
          quote,
          text: quote === null ? null : TEXT,
          start: quote === null ? null : start,
        }));
        const plain = inputs.map((input) =>
          Object.fromEntries(
            ["issue", "kind", "value", "quote", "text", "start", "noQuoteReason", "note", "confidence"].map((field) => [
              field,
              input[field as keyof typeof input] ?? null,
            ]),
          ),
        );
        expect(new Set(plain.map((one) => JSON.stringify(one, Object.keys(one).sort())))).toEqual(
          new Set(expected.map((one) => JSON.stringify(one, Object.keys(one).sort()))),
        );
      }),
    );
  });

  it("decides nothing before the first coding, and after it says what was not addressed", () => {
    expect(codingValues(coding([], { version: 0, submittedAt: null }), ISSUES)).toEqual({});
    expect(rowsOf(codingValues(coding([]), ISSUES), "veto_restraint")).toEqual([{ value: "none" }]);
    expect(submitted({}).inputs).toEqual([]);
    expect(submitted(on({ kind: "position", value: "none" })).inputs).toEqual([]);
  });

  it("names the field of each coding, where an error belongs", () => {
    const { inputs, paths } = submitted({
      ...on({ value: "none" }),
      "on-veto_restraint": [{ value: "none" }, { kind: "mention", value: "none" }],
    });
    expect(inputs).toMatchObject([{ issue: "veto_restraint", kind: "mention", value: null }]);
    expect(paths).toEqual([["on-veto_restraint", "1"]]);
  });

  it("refuses words that would be lost: a quotation or note on what is not addressed, or not decided", () => {
    const rows: FormValues[] = [{ quote: "words" }, { value: "none", note: "a note" }, { noQuoteReason: "why" }];
    for (const row of rows) {
      const parsed = codingForm.safeParse(sent(on(row)));
      expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual(["on-formal_agenda.0.value"]);
    }
  });

  it("looks for words that were typed over anew, in every text", () => {
    const row = { value: "support", quote: "other words", quoted: "words", text: TEXT, start: "7" };
    expect(submitted(on(row)).inputs[0]).toMatchObject({ quote: "other words", text: undefined, start: undefined });
    expect(submitted(on({ ...row, quote: "words" })).inputs[0]).toMatchObject({ text: TEXT, start: 7 });
  });

  it("shows two versions issue by issue, the memo too, and holds what taking theirs puts into the form", () => {
    const theirs = coding([position({ value: "oppose", note: "theirs" })], { memo: "read twice" });
    const versions = versionsOfCoding(on({ value: "support", quote: "words" }), theirs, ISSUES);
    const different = versions.filter(({ mine, theirs: other }) => mine !== other);
    expect(different.map(({ field, mine, theirs: other }) => ({ field, mine, other }))).toEqual([
      { field: "on-formal_agenda", mine: "Supports\n“words”", other: "Opposes\nNote: theirs" },
      { field: "memo", mine: "", other: "read twice" },
    ]);
    expect(different[0]?.value).toMatchObject([{ value: "oppose", note: "theirs" }]);
  });

  it("keeps in view what a draft says on issues that are gone", () => {
    expect(strayCodings({ ...on({}), "on-gone": [{ value: "mixed", quote: "words" }] }, ISSUES)).toEqual([
      { code: "gone", words: "Mixed\n“words”" },
    ]);
  });
});

describe("the status of a coding", () => {
  it("is measured against the current version of the codebook", () => {
    expect([
      codingStatus(null, 2),
      codingStatus(1, 2),
      codingStatus(2, 2),
      codingStatus(3, 2),
      codingStatus(1, null),
    ]).toEqual(["not_coded", "coded_before", "coded", "coded", "coded"]);
  });
});
