import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  recordStatementAction,
  restoreStatementAction,
  reviseStatementAction,
  withdrawStatementAction,
} from "@/features/statements/actions";
import { formValuesOf, versionsOf } from "@/features/statements/formats/form";
import { loadFormChoices, type FormChoices } from "@/features/statements/queries/form";
import { getStatement, listStatements, type StatementDetail } from "@/features/statements/queries/statement";
import { identityOf } from "@/features/people/mutations/sessions";
import type { DialogueDto } from "@/features/dialogues/queries";
import type { Identity } from "@/lib/auth/caller";
import { initialFormState, type FormState } from "@/lib/form-state";
import { ADD_ROW, TAKE_THEIRS, takeValue } from "@/lib/form-step";
import { useDatabase } from "@/tests/support/database";
import { CLIENT } from "@/tests/support/people";
import { dialogue, person, say, type Person } from "@/tests/support/record";

// What Next would know of the request.
const request = vi.hoisted(() => ({ headers: {} as Record<string, string>, identity: null as unknown }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(request.headers) }));
vi.mock("@/lib/auth/identity", () => ({ currentIdentity: async () => request.identity }));

useDatabase("reference");
let analyst: Person;
let here: DialogueDto;
let choices: FormChoices;

type Fields = Record<string, string | string[]>;
type Action = (previous: FormState<void>, form: FormData) => Promise<FormState<void>>;

function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
  return form;
}

type Answer = { state: FormState<void> | null; to: string | null };

/** What a form gets: an answer, or the address that it is sent on to. */
async function send(action: Action, fields: Fields, previous = initialFormState<void>()): Promise<Answer> {
  try {
    return { state: await action(previous, formOf(fields)), to: null };
  } catch (error) {
    const [kind, , to] = String((error as { digest?: string }).digest).split(";");
    if (kind !== "NEXT_REDIRECT" || to === undefined) throw error;
    return { state: null, to };
  }
}

/** The statement that a form was sent on to. */
async function saved(answer: Promise<Answer>): Promise<StatementDetail> {
  const { to, state } = await answer;
  const id =
    /recorded=([0-9a-f-]{36})$/.exec(to ?? "")?.[1] ?? /statements\/([0-9a-f-]{36})\?saved=/.exec(to ?? "")?.[1];
  if (!id) throw new Error(`Not saved: ${JSON.stringify(state)}`);
  return getStatement(analyst.may("record:read"), id);
}

const issues = ({ state }: Answer): [string, string][] =>
  (state?.issues ?? []).map(({ path, message }) => [path.join("."), message]);
const total = async (): Promise<number> =>
  (await listStatements(analyst.may("record:read"), here.id, { limit: 1, withdrawn: true })).total;

function as(identity: Identity | null): void {
  request.identity = identity;
}

/** The form of a statement as a browser sends it untouched. */
function untouched(statement: StatementDetail): Fields {
  const { parties, ...values } = formValuesOf(statement, choices.actors);
  const rows = (parties as { basis: string; actor: string; exclude: string[] }[]).flatMap((row, at) => [
    [`parties.${at}.basis`, row.basis] as const,
    [`parties.${at}.actor`, row.actor] as const,
    [`parties.${at}.exclude[]`, row.exclude] as const,
  ]);
  return {
    ...(values as Fields),
    ...Object.fromEntries(rows),
    dialogue: statement.dialogue,
    statement: statement.id,
    version: String(statement.version),
  };
}

beforeAll(async () => {
  analyst = await person();
});

beforeEach(async () => {
  request.headers = { "sec-fetch-site": "same-origin" };
  as(identityOf(analyst, CLIENT));
  here = await dialogue(analyst, {
    startsOn: "2021-05-17",
    endsOn: "2021-05-18",
    meetings: [{ date: "2021-05-17" }, { date: "2021-05-18" }],
  });
  choices = await loadFormChoices(analyst.may("record:read"), here);
});

describe("recording by the form", () => {
  const form = (fields: Fields = {}): Fields => ({ dialogue: here.slug, speaker: "Denmark", ...fields });

  it.each(["Denmark", "DNK", "denmark", " the Kingdom of Denmark ", "Danemark"])(
    "finds the speaker by %s",
    async (speaker) => {
      expect(await saved(send(recordStatementAction, form({ speaker })))).toMatchObject({ speaker: "DNK", order: 1 });
    },
  );

  it("reads for whom, row by row; blank rows are none", async () => {
    const made = await saved(
      send(
        recordStatementAction,
        form({
          capacity: "both",
          "parties.0.basis": "group",
          "parties.0.actor": "Nordic countries",
          "parties.0.exclude[]": ["FIN", "ISL"],
          "parties.1.basis": "group",
          "parties.1.actor": "",
          "parties.2.basis": "aligned",
          "parties.2.actor": "cote divoire",
          role: "joint_statement",
          meeting: "2",
          note: "a\r\nb",
          personName: "Analyst One",
        }),
      ),
    );
    expect(made).toMatchObject({
      represents: [
        { basis: "own" },
        { basis: "group", group: "nordic", exclude: ["FIN", "ISL"] },
        { basis: "aligned", actor: "CIV" },
      ],
      role: "joint_statement",
      meeting: 2,
      note: "a\nb",
      person: { name: "Analyst One", title: null },
    });
  });

  it.each([
    ["nobody of that name", { speaker: "Atlantis" }, ["speaker"]],
    ["a name of several", { speaker: "Korea" }, ["speaker"]],
    ["no speaker", { speaker: "" }, ["speaker"]],
    ["others without a name", { capacity: "others" }, ["parties.0.actor"]],
    ["others named in own capacity", { "parties.0.actor": "Norway", "parties.0.basis": "named" }, ["capacity"]],
    [
      "a group that is none, in the second row",
      { capacity: "both", "parties.0.basis": "group", "parties.1.actor": "Norway" },
      ["parties.1.actor"],
    ],
    [
      "a group named",
      { capacity: "both", "parties.0.basis": "named", "parties.0.actor": "Nordic countries" },
      ["parties.0.actor"],
    ],
    [
      "one struck out who is no member",
      { capacity: "both", "parties.0.actor": "Nordic countries", "parties.0.exclude[]": ["CHN"] },
      ["parties.0.exclude"],
    ],
    [
      "the second row the same as the first",
      { capacity: "both", "parties.0.actor": "Nordic countries", "parties.1.actor": "nordic" },
      ["parties.1.actor"],
    ],
    ["a meeting that is not there", { meeting: "3" }, ["meeting"]],
    ["a place that is none", { order: "first" }, ["order"]],
    ["a language that is none", { language: "English!" }, ["language"]],
    ["a source that a browser would run", { sourceUrl: "javascript:alert(1)" }, ["sourceUrl"]],
    ["a role that is none", { role: "heckler" }, ["role"]],
    ["a field that is none", { rank: "1" }, ["rank"]],
  ])("%s: the field is named, what was typed comes back", async (_, fields, paths) => {
    const given = form({ note: "typed", ...(fields as Fields) });
    const answer = await send(recordStatementAction, given);
    expect(issues(answer).map(([path]) => path)).toEqual(paths);
    for (const [, message] of issues(answer)) expect(message).toMatch(/^["A-Z].*\.$/);
    expect(answer.state).toMatchObject({ status: "error", attempt: 1, values: { note: given["note"] } });
    expect(await total()).toBe(0);
  });

  it("asks back, by names that differ, when several actors share a name", async () => {
    const [[, message] = []] = issues(await send(recordStatementAction, form({ speaker: "Korea" })));
    expect(message).toContain("Republic of Korea (KOR)");
    expect(message).toContain("Democratic People's Republic of Korea (PRK)");
  });

  it("without JavaScript, adds a row on request and writes nothing", async () => {
    const { state } = await send(recordStatementAction, form({ [ADD_ROW]: "parties", "$rows.parties": "1" }));
    expect(state).toMatchObject({ status: "idle", values: { speaker: "Denmark", "$rows.parties": "2" } });
    expect(await total()).toBe(0);
  });
});

describe("revising by the form", () => {
  it("sent untouched changes nothing, whatever the statement holds", async () => {
    for (const input of [
      { speaker: "DNK" },
      { speaker: "COG", represents: [{ basis: "named", actor: "COD" }] },
      { speaker: "EU", represents: [{ basis: "own" }, { basis: "group", group: "european-union" }], meeting: 2 },
      {
        speaker: "HRV",
        role: "joint_statement",
        represents: [
          { basis: "group", group: "group-of-friends-r2p", exclude: ["SGP", "CIV"] },
          { basis: "aligned", actor: "TUR" },
        ],
        printed: "Croatia",
        person: { name: "Analyst One", title: null },
        sourceUrl: "https://example.org/a",
        note: " a\n\tb ",
        language: "pt-BR",
        order: 30,
      },
    ]) {
      const before = await say(analyst, here.slug, input);
      const { version, ...after } = await saved(send(reviseStatementAction, untouched(before)));
      expect(version).toBe(2);
      expect(after).toEqual({ ...before, version: undefined });
    }
  });

  it("a statement that others moved meanwhile stays where they put it", async () => {
    await say(analyst, here.slug, { speaker: "CHN" });
    const opened = await say(analyst, here.slug, { speaker: "DNK" });
    await say(analyst, here.slug, { speaker: "FRA", order: 1 });
    const after = await saved(send(reviseStatementAction, { ...untouched(opened), note: "x" }));
    expect(after).toMatchObject({ note: "x", order: 3 });
    const moved = await saved(send(reviseStatementAction, { ...untouched(after), order: "1" }));
    expect(moved.order).toBe(1);
  });

  it("tells the second of two what stands now, and lets them take it field by field", async () => {
    const opened = await say(analyst, here.slug, { speaker: "DNK", note: "first" });
    await saved(send(reviseStatementAction, { ...untouched(opened), note: "theirs", language: "fr" }));
    const mine = { ...untouched(opened), note: "mine", speaker: "Norway" };
    const { state } = await send(reviseStatementAction, mine);
    expect(state).toMatchObject({ status: "stale", current: { version: 2, note: "theirs" }, values: { note: "mine" } });
    const theirs = state?.current as StatementDetail;
    const different = versionsOf(state?.values ?? {}, formValuesOf(theirs, choices.actors), choices.actors).filter(
      (one) => one.mine !== one.theirs,
    );
    expect(different.map(({ label, mine, theirs }) => [label, mine, theirs])).toEqual([
      ["Speaker", "Norway", "Denmark"],
      ["Language", "", "fr"],
      ["Note", "mine", "theirs"],
    ]);
    const { field, value } = different[1]!;
    const taken = await send(
      reviseStatementAction,
      { ...mine, version: "2", [TAKE_THEIRS]: takeValue(field, value) },
      state!,
    );
    expect(taken.state).toMatchObject({ status: "stale", attempt: 2, values: { note: "mine", language: "fr" } });
    const after = await saved(send(reviseStatementAction, { ...mine, version: "2", language: "fr" }));
    expect(after).toMatchObject({ version: 3, note: "mine", speaker: "NOR", language: "fr" });
  });

  it("a difference in spelling is none, nor is a place that was not touched", async () => {
    const opened = await say(analyst, here.slug, { speaker: "DNK", represents: [{ basis: "group", group: "nordic" }] });
    await say(analyst, here.slug, { speaker: "FRA", order: 1 });
    const now = await getStatement(analyst.may("record:read"), opened.id);
    const mine = { ...formValuesOf(opened, choices.actors), speaker: "dnk" };
    const versions = versionsOf(mine, formValuesOf(now, choices.actors), choices.actors);
    expect(versions.filter((one) => one.mine !== one.theirs)).toEqual([]);
  });

  it("withdraws with a reason, and restores", async () => {
    const made = await say(analyst, here.slug, { speaker: "DNK" });
    const which = { statement: made.id, version: "1" };
    expect(issues(await send(withdrawStatementAction, which)).map(([path]) => path)).toEqual(["reason"]);
    const withdrawn = await saved(send(withdrawStatementAction, { ...which, reason: "Twice" }));
    expect(withdrawn.withdrawn).toMatchObject({ reason: "Twice" });
    expect((await send(withdrawStatementAction, { ...which, reason: "Again" })).state?.status).toBe("stale");
    expect((await saved(send(restoreStatementAction, { ...which, version: "2" }))).withdrawn).toBeNull();
  });
});

describe("what the form offers", () => {
  it("each actor by a text that means it and nobody else", async () => {
    const typed = new Map(choices.actors.map((one) => [one.ref, one.typed]));
    expect([typed.get("DNK"), typed.get("nordic"), typed.get("TUR")]).toEqual([
      "Denmark",
      "Nordic countries",
      "Turkey",
    ]);
    expect(new Set(typed.values()).size).toBe(choices.actors.length);
    for (const ref of typed.keys()) {
      const { state } = await send(recordStatementAction, { dialogue: "nowhere", speaker: typed.get(ref) ?? "" });
      // The dialogue is not there; the speaker was understood before it was looked for.
      expect(state?.message, `${typed.get(ref)}`).toMatch(/^There is no dialogue/);
    }
  }, 120_000);

  it("the members of each group on each day of the dialogue", () => {
    expect(choices.members["2021-05-18"]?.["european-union"]).toHaveLength(27);
    expect(choices.groups.find(({ ref }) => ref === "european-union")?.names).toEqual(
      expect.arrayContaining(["eu", "european union"]),
    );
  });
});

describe("who and whence", () => {
  const form = (): Fields => ({ dialogue: here.slug, speaker: "DNK", note: "typed" });

  it.each([
    ["no word of where it comes from", {}],
    ["another origin", { origin: "https://evil.example" }],
    [
      "another origin that names itself as ours",
      { origin: "https://evil.example", "x-forwarded-host": "evil.example", host: "evil.example" },
    ],
    ["an opaque origin", { origin: "null" }],
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["another origin of the same site", { "sec-fetch-site": "same-site" }],
  ])("%s is refused, and what was typed comes back", async (_, headers) => {
    request.headers = headers;
    const { state } = await send(recordStatementAction, form());
    expect(state).toMatchObject({ status: "error", values: { note: "typed" } });
    expect(state?.message).toMatch(/not sent from a page of Rostrum/);
    expect(await total()).toBe(0);
  });

  it("nobody, and a viewer, are refused", async () => {
    as(null);
    expect((await send(recordStatementAction, form())).state?.message).toBe("Sign in to go on.");
    as(identityOf(await person("viewer"), CLIENT));
    for (const action of [
      recordStatementAction,
      reviseStatementAction,
      withdrawStatementAction,
      restoreStatementAction,
    ]) {
      expect((await send(action, form())).state).toMatchObject({
        status: "error",
        message: "Your role does not allow this.",
      });
    }
    expect(await total()).toBe(0);
  });

  it("junk instead of a form or an earlier answer is answered, and never breaks", async () => {
    for (const previous of [null, undefined, 5, "x", [], {}, { attempt: "1" }, { attempt: NaN }, { attempt: {} }]) {
      for (const sent of [
        formOf(form()),
        formOf({ [TAKE_THEIRS]: "{}" }),
        formOf({ [ADD_ROW]: "x" }),
        null,
        "x",
        {},
        undefined,
      ]) {
        const answer = recordStatementAction(previous as never, sent as never).catch((error: { digest?: string }) => {
          expect(error.digest).toMatch(/^NEXT_REDIRECT/);
          return null;
        });
        const state = await answer;
        if (state) expect(Number.isInteger(state.attempt)).toBe(true);
      }
    }
  });
});
