import { beforeAll, describe, expect, it } from "vitest";
import { identityOf } from "@/features/people/mutations/sessions";
import { recordStatement, restoreStatement, reviseStatement, withdrawStatement } from "@/features/statements/mutations";
import { insertStatements } from "@/features/statements/mutations/insert";
import { getStatement, type StatementDetail } from "@/features/statements/queries/statement";
import { statementForm, statementInput, statementPatch, withdrawForm } from "@/features/statements/schema";
import { grant } from "@/lib/auth/caller";
import { write } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { useDatabase } from "@/tests/support/database";
import { CLIENT } from "@/tests/support/people";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("reference");
let analyst: Person;
let slug = "";
let standing: StatementDetail;

async function counts(): Promise<unknown> {
  const [row] = await database.sql(
    `select (select count(*) from statement) as statements, (select count(*) from representation) as parties,
            (select count(*) from exclusion) as struck, (select count(*) from audit_event) as events`,
  );
  return row;
}

/** The fields that a refusal names, after making sure that it wrote nothing. */
async function refused(work: () => Promise<unknown>): Promise<string[]> {
  const before = await counts();
  const error: unknown = await work().then(
    () => new Error("It was not refused."),
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw error;
  expect(error.code).toBe("INVALID");
  expect(await counts()).toEqual(before);
  return error.issues.map(({ path }) => path.join("."));
}

beforeAll(async () => {
  analyst = await person();
  ({ slug } = await dialogue(analyst));
  standing = await say(analyst, slug, {
    speaker: "DNK",
    represents: [{ basis: "group", group: "nordic", exclude: ["FIN"] }],
  });
});

const group = (ref: string, ...exclude: string[]) => ({ basis: "group", group: ref, exclude });

describe("what does not fit is named", () => {
  it.each([
    ["an unknown speaker", { speaker: "ATL" }, ["speaker"]],
    ["a name where a reference belongs", { speaker: "Denmark" }, ["speaker"]],
    [
      "several unknown actors at once",
      { represents: [group("nordics"), { basis: "named", actor: "ATL" }] },
      ["represents.0.group", "represents.1.actor"],
    ],
    ["an unknown member struck out", { represents: [group("nordic", "NOR", "ATL")] }, ["represents.0.exclude.1"]],
    ["a group that is none", { represents: [{ basis: "own" }, group("NOR")] }, ["represents.1.group"]],
    ["a named group", { represents: [{ basis: "named", actor: "nordic" }] }, ["represents.0.actor"]],
    ["one struck out who is no member", { represents: [group("nordic", "CHN")] }, ["represents.0.exclude.0"]],
    ["a group struck out of itself", { represents: [group("nordic", "nordic")] }, ["represents.0.exclude.0"]],
    ["a member struck out twice", { represents: [group("nordic", "FIN", "FIN")] }, ["represents.0.exclude.1"]],
    ["a party named twice", { represents: [group("nordic"), group("nordic", "FIN")] }, ["represents.1.group"]],
    ["the speaker named by itself", { represents: [{ basis: "named", actor: "DNK" }] }, ["represents.0.actor"]],
    ["a meeting that is not there", { meeting: 2 }, ["meeting"]],
    ["a state in the role of civil society", { role: "civil_society" }, ["role"]],
  ])("%s", async (_, input, paths) => {
    expect(await refused(() => say(analyst, slug, { speaker: "DNK", ...input }))).toEqual(paths);
    const patch = statementPatch.parse(input);
    const revised = () => reviseStatement(analyst.may("statement:record"), standing.id, standing.version, patch);
    expect(await refused(revised)).toEqual(paths);
  });

  it("a change of the day alone, when somebody struck out is no member on the new one", async () => {
    const { slug: two } = await dialogue(analyst, {
      startsOn: "2013-06-30",
      endsOn: "2013-07-01",
      meetings: [{ date: "2013-06-30" }, { date: "2013-07-01" }],
    });
    const { id } = await say(analyst, two, { speaker: "EU", meeting: 2, represents: [group("european-union", "HRV")] });
    const earlier = () => reviseStatement(analyst.may("statement:record"), id, 1, { meeting: 1 });
    expect(await refused(earlier)).toEqual(["represents.0.exclude.0"]);
  });

  it("a dialogue or statement that is not there, whatever its reference looks like", async () => {
    const recorder = analyst.may("statement:record");
    const input = statementInput.parse({ speaker: "DNK" });
    for (const ref of ["nowhere", "", "' OR true --", "00000000-0000-0000-0000-000000000000", "x".repeat(5000)]) {
      await expect(recordStatement(recorder, ref, input)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(reviseStatement(recorder, ref, 1, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(withdrawStatement(recorder, ref, 1, "x")).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(getStatement(analyst.may("record:read"), ref)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("text that could not be given back as it was", () => {
  const texts = ["speaker", "printed", "language", "note", "sourceUrl"] as const;
  const wrong = { "a NUL": "a\u0000b", "half of a pair": "a\ud83db", "the other half": "\udc00" };

  it.each(Object.entries(wrong))("%s is refused in every field", (_, text) => {
    for (const field of texts) {
      const given = field === "sourceUrl" ? `https://example.org/${text}` : text;
      for (const [schema, input] of [
        [statementInput, { speaker: "DNK", [field]: given }],
        [statementPatch, { [field]: given }],
        [statementForm, { dialogue: "d", speaker: "DNK", [field]: given }],
      ] as const) {
        const issues = schema.safeParse(input).error?.issues ?? [];
        expect(
          issues.map(({ path }) => path.join(".")),
          field,
        ).toContain(field);
      }
    }
    for (const [input, path] of [
      [{ person: { name: text } }, "person.name"],
      [{ person: { name: "x", title: text } }, "person.title"],
      [{ represents: [{ basis: "named", actor: text }] }, "represents.0.actor"],
      [{ represents: [{ basis: "group", group: text }] }, "represents.0.group"],
      [{ represents: [{ basis: "group", group: "nordic", exclude: [text] }] }, "represents.0.exclude.0"],
    ] as const) {
      const issues = statementPatch.safeParse(input).error?.issues ?? [];
      expect(issues.map((issue) => issue.path.join("."))).toContain(path);
    }
    const reason = withdrawForm.safeParse({ statement: standing.id, version: 1, reason: text });
    expect(reason.error?.issues[0]?.path).toEqual(["reason"]);
  });

  it("everything else comes back byte for byte", async () => {
    const note = "e\u0301 é \u00a0 \u202eRTL\u202c عربي 中文 👩‍👩‍👧 \t\r\n end ";
    const made = await say(analyst, slug, { speaker: "CHN", note });
    expect(made.note).toBe(note);
    expect((await getStatement(analyst.may("record:read"), made.id)).note).toBe(note);
  });
});

describe("who may", () => {
  it("is asked of every function by its type", () => {
    const reader = analyst.may("record:read");
    const editor = analyst.may("dialogue:edit");
    const input = statementInput.parse({ speaker: "DNK" });
    const calls = [
      // @ts-expect-error -- reading is no right to record
      () => recordStatement(reader, slug, input),
      // @ts-expect-error -- nor is editing dialogues
      () => recordStatement(editor, slug, input),
      // @ts-expect-error -- inside a transaction neither
      () => write(editor, (tx) => insertStatements(tx, editor, slug, [input], (_, field) => field)),
      // @ts-expect-error -- reading is no right to revise
      () => reviseStatement(reader, standing.id, 1, {}),
      // @ts-expect-error -- reading is no right to withdraw
      () => withdrawStatement(reader, standing.id, 1, "x"),
      // @ts-expect-error -- reading is no right to restore
      () => restoreStatement(reader, standing.id, 1),
      // @ts-expect-error -- an identity is no caller
      () => recordStatement(identityOf(analyst, CLIENT), slug, input),
      // @ts-expect-error -- the right to record is no right to read people
      () => getStatement(analyst.may("people:manage"), standing.id),
    ];
    expect(calls).toHaveLength(8);
  });

  it("is asked when a caller is made: roles below an analyst, read tokens and nobody record nothing", async () => {
    const viewer = await person("viewer");
    expect(() => viewer.may("statement:record")).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
    const token = { ...identityOf(analyst, CLIENT), readOnly: true };
    expect(() => grant(token, "statement:record")).toThrow(expect.objectContaining({ code: "FORBIDDEN" }));
    expect(() => grant(null, "statement:record")).toThrow(expect.objectContaining({ code: "UNAUTHENTICATED" }));
    for (const role of ["analyst", "reviewer", "admin"] as const) {
      const { id } = await say(await person(role), slug, { speaker: "DNK" });
      expect(id).not.toBe("");
    }
  });
});
