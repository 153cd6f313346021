import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { address, lenient, single } from "@/lib/address";
import { formValues } from "@/lib/form";
import { initialFormState, issueAt } from "@/lib/form-state";
import { ADD_ROW, formStep, rowCount, rowCountName, TAKE_THEIRS, takeValue } from "@/lib/form-step";

function sent(...fields: [string, string][]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

const valuesOf = (...fields: [string, string][]) => formValues(sent(...fields));

describe("a form that was sent", () => {
  it("becomes nested values: rows by their number, lists by their brackets; blanks and React's own fields are left out", () => {
    expect(
      valuesOf(
        ["$ACTION_ID_1", "x"],
        ["speaker", "Denmark"],
        ["note", "  "],
        ["parties.0.basis", "group"],
        ["parties.0.actor", "Nordic countries"],
        ["parties.0.exclude[]", "FIN"],
        ["parties.0.exclude[]", "ISL"],
        ["parties.2.actor", "Albania"],
      ),
    ).toEqual({
      speaker: "Denmark",
      parties: [{ basis: "group", actor: "Nordic countries", exclude: ["FIN", "ISL"] }, { actor: "Albania" }],
    });
  });

  it("gives text as it was typed, and line breaks as they were stored", () => {
    expect(valuesOf(["note", " a\r\nb \u00a0"])).toEqual({ note: " a\nb \u00a0" });
  });

  it("never reaches into what it is made of", () => {
    for (const name of ["__proto__", "constructor.prototype.x", "a.__proto__.x", "a.0.constructor", "prototype[]"]) {
      expect(valuesOf([name, "x"])).toEqual({});
    }
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("a name that is no place in a list does nothing to the list", () => {
    const row: [string, string] = ["parties.0.actor", "Denmark"];
    for (const name of ["parties.length", "parties.push", "parties.-1", "parties.01x.y", "parties.4294967294"]) {
      for (const value of ["4294967295", "abc", "0"]) {
        expect(valuesOf(row, [name, value]), name).toEqual({ parties: [{ actor: "Denmark" }] });
      }
    }
  });

  it("a name that goes deeper than any form is passed over", () => {
    expect(valuesOf([".0".repeat(200_000), "x"], [`a${".a".repeat(9)}`, "x"], ["b.0.c.0.d", "x"])).toEqual({
      b: [{ c: [{ d: "x" }] }],
    });
  });

  it("whatever is sent, is read in no time and without an error", () => {
    const part = fc.oneof(
      fc.constantFrom("parties", "0", "1", "499", "500", "999", "length", "exclude", "$x", "", "[]"),
      fc.string(),
    );
    const name = fc.array(part, { maxLength: 5 }).map((parts) => parts.join("."));
    const fields = fc.array(
      fc.tuple(
        fc.oneof(
          name,
          name.map((one) => `${one}[]`),
        ),
        fc.string(),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(fields, (given) => {
        const from = performance.now();
        const values = valuesOf(...given);
        expect(() => JSON.stringify(values)).not.toThrow();
        expect(performance.now() - from).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
  });
});

describe("buttons that change a form", () => {
  it("add a row, and keep what is typed", () => {
    const form = sent([ADD_ROW, "parties"], [rowCountName("parties"), "2"], ["speaker", "Denmark"]);
    const state = formStep(initialFormState(), form, formValues(form));
    expect(state?.values["speaker"]).toBe("Denmark");
    expect(rowCount(state?.values ?? {}, "parties")).toBe(3);
  });

  it("never more rows than a form can have", () => {
    for (const rows of ["1e9", "-5", "NaN", "Infinity", "9".repeat(400)]) {
      const form = sent([ADD_ROW, "parties"], [rowCountName("parties"), rows]);
      const count = rowCount(formStep(initialFormState(), form, {})?.values ?? {}, "parties");
      expect(count).toBeGreaterThanOrEqual(1);
      expect(count).toBeLessThanOrEqual(500);
    }
  });

  it("take one field as it is on record, or clear it", () => {
    const values = { note: "mine", parties: [{ actor: "x" }] };
    const step = (field: string, theirs?: string) =>
      formStep(initialFormState(), sent([TAKE_THEIRS, takeValue(field, theirs)]), values)?.values;
    expect(step("note", "theirs")).toEqual({ ...values, note: "theirs" });
    expect(step("note")).toEqual({ parties: values.parties });
    const junk = formStep(initialFormState(), sent([TAKE_THEIRS, "{"]), values);
    expect(junk?.values).toEqual(values);
  });

  it("do nothing to a form that is to be saved", () => {
    expect(formStep(initialFormState(), sent(["speaker", "Denmark"]), {})).toBeNull();
  });

  it("an issue is found by the name of its field", () => {
    const issues = [{ path: ["parties", "0", "actor"], message: "Who?" }];
    expect(issueAt({ issues }, "parties.0.actor")).toBe("Who?");
    expect(issueAt({ issues }, "parties.0")).toBeUndefined();
  });
});

describe("an address that somebody typed", () => {
  const schema = z.object({
    rule: z.enum(["a", "b"]).default("a"),
    meeting: z.coerce.number().int().max(9).optional(),
  });

  it("is read as far as it makes sense", () => {
    expect(lenient(schema, single({ rule: "b", meeting: "x", other: "1" }))).toEqual({ rule: "b" });
    expect(lenient(schema, single({ rule: ["c", "b"], meeting: "3" }))).toEqual({ rule: "a", meeting: 3 });
    expect(lenient(schema, single({ rule: "", meeting: undefined }))).toEqual({ rule: "a" });
  });

  it("is written without what is empty, and what is in it is escaped", () => {
    expect(address("/d", { q: "a&b=c ü", rule: null, meeting: undefined, kind: "", page: 0 })).toBe(
      "/d?q=a%26b%3Dc+%C3%BC&page=0",
    );
    expect(address("/d", {})).toBe("/d");
  });
});
