import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formValues } from "@/lib/form";
import { initialFormState, type FormState } from "@/lib/form-state";
import { ADD_ROW, formStep, rowCount, rowCountName, TAKE_THEIRS, takeValue } from "@/lib/form-step";

const stale: FormState = { ...initialFormState(), status: "stale", attempt: 3, current: { version: 7 } };

function send(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

function step(fields: Record<string, string>, previous: FormState = initialFormState()) {
  const form = send(fields);
  return formStep(previous, form, formValues(form));
}

describe("a button that changes a form without saving it", () => {
  test("is not pressed when the form is saved", () => {
    expect(step({ title: "A" }, stale)).toBeNull();
  });

  test("adds a row and keeps what was typed", () => {
    const answer = step({
      title: "A",
      "meetings.0.date": "2017-09-06",
      [rowCountName("meetings")]: "2",
      [ADD_ROW]: "meetings",
    });
    expect(answer?.values).toMatchObject({ title: "A", meetings: [{ date: "2017-09-06" }] });
    expect(answer && rowCount(answer.values, "meetings")).toBe(3);
    expect(answer?.attempt).toBe(1);
  });

  test("adds no more rows than a form may have, whatever it is told", () => {
    for (const count of ["499", "1e9", "-3", "many"]) {
      const answer = step({ [rowCountName("meetings")]: count, [ADD_ROW]: "meetings" });
      expect(answer && rowCount(answer.values, "meetings")).toBeLessThanOrEqual(500);
    }
  });

  test("takes one field as it is on record, clears it when it is blank there, and stays stale", () => {
    const taken = step({ title: "Mine", note: "Mine", [TAKE_THEIRS]: takeValue("title", "Theirs") }, stale);
    expect(taken).toMatchObject({
      status: "stale",
      current: { version: 7 },
      values: { title: "Theirs", note: "Mine" },
    });
    const cleared = step({ title: "Mine", note: "Mine", [TAKE_THEIRS]: takeValue("note", undefined) }, stale);
    expect(cleared?.values).toEqual({ title: "Mine" });
  });

  test("brings back any value unchanged", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(step({ [TAKE_THEIRS]: takeValue("note", text) }, stale)?.values).toEqual({ note: text });
      }),
    );
  });

  test("answers nonsense with the form as it was sent", () => {
    for (const sent of ["", "{", "null", "[]", '{"field":3}']) {
      expect(step({ title: "Mine", [TAKE_THEIRS]: sent }, stale)?.values).toEqual({ title: "Mine" });
    }
  });
});
