import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { recordActor } from "@/features/actors/mutations";
import { actorInput } from "@/features/actors/schema";
import { undoBatch } from "@/features/batches/mutations/undo";
import { openImport } from "@/features/imports/mutations/read";
import { checkImport, takeImport } from "@/features/imports/mutations/take";
import { putText } from "@/features/sources/mutations/texts";
import { getImport, listRows, type ImportDto } from "@/features/imports/queries/imports";
import type { ImportKind } from "@/features/imports/schema";
import { csvOf, xlsxOf } from "@/features/statements/formats/participant-files";
import { readParticipants } from "@/features/statements/queries/export";
import { exportQuery } from "@/features/statements/schema";
import type { ExportedFile } from "@/lib/formats/file";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("reference");
const folder = mkdtempSync(path.join(os.tmpdir(), "rostrum-imports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** Sends a file as the form does, and waits until it is read. */
async function send(
  by: Person,
  kind: ImportKind,
  content: string | Uint8Array,
  more: { name?: string; dialogue?: string } = {},
): Promise<ImportDto> {
  files += 1;
  const file = path.join(folder, `${files}`);
  writeFileSync(file, content);
  const upload = {
    file,
    name: more.name ?? "file.csv",
    bytes: 1,
    sha256: "0".repeat(64),
    fields: {},
    remove: async () => {},
  };
  const { id } = await openImport(by.may("import:run"), { kind, upload, dialogue: more.dialogue });
  return settled(by, id);
}

async function settled(by: Person, id: string): Promise<ImportDto> {
  return expect
    .poll(() => getImport(by.may("import:run"), id), { timeout: 20_000, interval: 50 })
    .toMatchObject({ status: expect.stringMatching(/ready|done|failed/) as string })
    .then(() => getImport(by.may("import:run"), id));
}

/** Checks an import under the mapping that was guessed or remembered. */
async function check(by: Person, { id, headers, mapping, defaults }: ImportDto): Promise<ImportDto> {
  const columns = headers.map((header) => mapping?.[header] ?? "");
  await checkImport(by.may("import:run"), {
    import: id,
    columns,
    ...(defaults["dialogue"] ? { dialogue: defaults["dialogue"] } : {}),
  });
  return settled(by, id);
}

async function take(by: Person, one: ImportDto, accept?: "yes"): Promise<ImportDto> {
  await takeImport(by.may("import:run"), { import: one.id, accept });
  return settled(by, one.id);
}

async function messages(by: Person, { id, headers }: ImportDto): Promise<string[]> {
  const { rows } = await listRows(by.may("import:run"), id, { rows: "issues", page: 1, size: 100 });
  return rows.flatMap(({ row, issues }) =>
    issues.map(({ column, level, message }) => `${row} ${column === null ? "" : headers[column]} ${level}: ${message}`),
  );
}

async function bytesOf(file: ExportedFile): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of file.bytes) parts.push(part);
  return Buffer.concat(parts);
}

const participantsOf = async (by: Person, slug: string) => {
  const { participants, ...file } = await readParticipants(by.may("record:read"), slug, exportQuery.parse({}), "");
  return { file: { ...file, participants }, rows: participants.map(({ id: _, ...row }) => row) };
};

/** A dialogue with every way of speaking for somebody that the list knows. */
async function rich(by: Person): Promise<string> {
  const { slug } = await dialogue(by, { meetings: [{ date: "2017-09-06", label: "Morning" }] });
  await say(by, slug, {
    speaker: "president-of-the-general-assembly",
    role: "opening",
    person: { name: "A person", title: "President" },
  });
  await say(by, slug, {
    speaker: "DNK",
    meeting: 1,
    language: "en",
    represents: [
      { basis: "group", group: "nordic", exclude: ["FIN", "ISL"] },
      { basis: "aligned", actor: "ATG" },
      { basis: "aligned", actor: "ALB" },
    ],
  });
  await say(by, slug, {
    speaker: "european-union",
    role: "joint_statement",
    represents: [{ basis: "own" }, { basis: "group", group: "european-union" }],
  });
  await say(by, slug, {
    speaker: "MEX",
    printed: "=Mexico",
    represents: [
      { basis: "named", actor: "TTO" },
      { basis: "named", actor: "BIH" },
      { basis: "named", actor: "FRA" },
    ],
  });
  await say(by, slug, {
    speaker: "CIV",
    note: 'Two lines\n"quoted"; and, more\t',
    sourceUrl: "https://example.org/a?b=c",
  });
  return slug;
}

test.each(["csv", "xlsx"] as const)(
  "an exported list of participants (%s) gives the same list in an empty dialogue",
  async (format) => {
    const analyst = await person();
    const { file, rows } = await participantsOf(analyst, await rich(analyst));
    const { slug } = await dialogue(analyst, { meetings: [{ date: "2017-09-06", label: "Morning" }] });
    const content = await bytesOf(format === "csv" ? csvOf(file) : xlsxOf(file));
    const sent = await send(analyst, "participants", content, { dialogue: slug, name: `list.${format}` });
    expect(sent).toMatchObject({ status: "ready", rowCount: 5, problem: null });
    const checked = await check(analyst, sent);
    expect(await messages(analyst, checked)).toEqual([]);
    expect(checked).toMatchObject({ errors: 0, warnings: 0 });
    const done = await take(analyst, checked);
    expect(done).toMatchObject({ status: "done", problem: null });
    expect((await participantsOf(analyst, slug)).rows).toEqual(rows);
    expect(await database.sql("select * from audit_chain_faults()")).toEqual([]);

    await undoBatch(analyst.may("import:run"), done.batchId ?? "");
    expect((await participantsOf(analyst, slug)).rows).toEqual([]);
  },
);

test("errors name row and column, block, and nothing is taken", async () => {
  const analyst = await person();
  const { slug } = await dialogue(analyst);
  for (const slug of ["one-testland", "two-testland"]) {
    await recordActor(analyst.may("actor:edit"), actorInput.parse({ kind: "un_office", slug, name: "Testland" }));
  }
  const lines = [
    "Speaker;Represents;Role;Order;Meeting",
    "Denmark;group:nordic-FIN;Joint statement;1;",
    "Testland;;;;",
    "Nobody;group:nordic-FRA;shouting;1;",
    "Norway;group:nordic-FRA;;1;9",
    "Sweden;for many;;;",
    "Iceland;;;1;",
  ];
  const checked = await check(analyst, await send(analyst, "participants", lines.join("\r\n"), { dialogue: slug }));
  expect(await messages(analyst, checked)).toEqual([
    "3 Speaker error: “Testland” may mean Testland (one-testland) or Testland (two-testland). Write the code of the one that is meant.",
    "4 Speaker error: Nobody on record is called “Nobody”.",
    "4 Role error: Choose a role.",
    "5 Meeting error: This dialogue has no meeting 9.",
    "6 Represents error: Nobody on record is called “for many”.",
    "7 Order error: Row 2 already has place 1 in this dialogue.",
  ]);
  expect(checked.errors).toBe(6);
  await expect(take(analyst, checked)).rejects.toThrow("Rows with errors cannot be imported");
  expect((await participantsOf(analyst, slug)).rows).toEqual([]);
});

test("rows with places move on what stands there; a speaker who is there already is a warning that has to be accepted", async () => {
  const analyst = await person();
  const { slug } = await dialogue(analyst);
  for (const speaker of ["DNK", "NOR", "SWE"]) await say(analyst, slug, { speaker });
  const text =
    "dialogue,order,speaker,represents\n" + [`${slug},2,FRA,own`, `${slug},3,DNK,own`, `${slug},,DEU,`].join("\n");
  const checked = await check(analyst, await send(analyst, "statements", text));
  expect(await messages(analyst, checked)).toEqual([
    "3 speaker warning: Denmark already has a statement in this role on record in this dialogue.",
  ]);
  await expect(take(analyst, checked)).rejects.toThrow("Say that you have read the warnings.");
  expect((await take(analyst, checked, "yes")).status).toBe("done");
  const { rows } = await participantsOf(analyst, slug);
  expect(rows.map(({ order, speaker }) => `${order} ${speaker}`)).toEqual([
    "1 DNK",
    "2 FRA",
    "3 DNK",
    "4 NOR",
    "5 SWE",
    "6 DEU",
  ]);
});

test("memberships and actors: the same rules as one by one, a mapping that is remembered, and undo", async () => {
  const analyst = await person();
  const actors =
    "Was,Wie,Kurz\ngroup,Friends of tests,friends-of-tests\nCivil society organization,Testers Without Borders,\ngroup,Nordic countries,nordic\n";
  const sent = await send(analyst, "actors", actors);
  expect(sent.mapping).toEqual({});
  const columns = ["kind", "name", "slug"];
  await expect(
    checkImport(analyst.may("import:run"), { import: sent.id, columns: ["kind", "", "kind"] }),
  ).rejects.toMatchObject({ code: "INVALID" });
  await checkImport(analyst.may("import:run"), { import: sent.id, columns });
  expect(await messages(analyst, await settled(analyst, sent.id))).toContain(
    "4 Kurz error: The actor nordic has this address already.",
  );
  const again = await send(analyst, "actors", actors.split("\n").slice(0, 3).join("\n"));
  expect(again.mapping).toEqual({ Was: "kind", Wie: "name", Kurz: "slug" });
  const made = await take(analyst, await check(analyst, again));
  expect(made.status).toBe("done");

  const memberships = [
    "group,member,valid_from,valid_until,known_on,source,note",
    "Friends of tests,Denmark,2001-01-01,2001-12-31,,A test,",
    "friends-of-tests,DNK,2001-12-31,,,A test,",
    "friends-of-tests,NOR,,,2002-02-02,A test,A note",
    "friends-of-tests,friends-of-tests,,,,A test,",
    "Denmark,NOR,,,,A test,",
    "nordic,SWE,2020-01-01,,,,",
    "nordic,SWE,2020-01-01,,,A test,",
    "nordic,FRA,2020-13-01,2019-01-01,,A test,",
  ];
  const wrong = await check(analyst, await send(analyst, "memberships", memberships.join("\n")));
  expect(await messages(analyst, wrong)).toEqual([
    "3 valid_from error: Row 2 already has Denmark in Friends of tests on some of these days.",
    "5 member error: A group cannot be a member of itself.",
    "6 group error: Denmark is no group, so it has no members.",
    "7 source error: This is needed.",
    expect.stringMatching(/^8 valid_from error: This member is already in the group on some of these days/),
    expect.stringMatching(/^9 valid_from error: This is not a day/),
    "9 valid_until error: The last day is before the first.",
  ]);
  const right = await check(
    analyst,
    await send(analyst, "memberships", [0, 1, 3].map((row) => memberships[row]).join("\n")),
  );
  const taken = await take(analyst, right);
  expect(taken.status).toBe("done");
  await expect(undoBatch(analyst.may("import:run"), made.batchId ?? "")).rejects.toMatchObject({ code: "CONFLICT" });
  await undoBatch(analyst.may("import:run"), taken.batchId ?? "");
  await undoBatch(analyst.may("import:run"), made.batchId ?? "");
  expect(await database.sql("select from actor where slug = 'friends-of-tests'")).toEqual([]);
  expect(await database.sql("select * from audit_chain_faults()")).toEqual([]);
});

test("positions: of a statement with words of its text or a reason, of a source without; added, never replaced, and undone", async () => {
  const by = await person();
  const { slug } = await dialogue(by);
  const { id } = await say(by, slug, { speaker: "CHL" });
  const body = "We support the three pillars. We have doubts about the veto.";
  await putText(by.may("text:edit"), id, { which: {}, version: null, input: { language: "en", text: body } });
  const header = "Dialogue,Statement,Actor,Issue,Kind,Value,Quote,No quote reason,Year,Occasion\n";
  const wrong = [
    `${slug},1,CHL,r2p_principle,position,,,,,`,
    `${slug},1,FRA,r2p_principle,position,support,,x,,`,
    `${slug},1,,r2p_principle,position,support,We oppose everything,,,`,
    `${slug},9,,r2p_principle,mention,,,,,`,
    `${slug},1,,no_such_issue,mention,,,,,`,
    `,,TCD,r2p_principle,signature,,,,2012,`,
    `${slug},1,,r2p_principle,mention,,,,,`,
    `${slug},1,,r2p_principle,mention,,,,,`,
  ];
  const refused = await check(by, await send(by, "positions", header + wrong.join("\n")));
  expect(await messages(by, refused)).toEqual([
    "2 Value error: Say what the position is: support, conditional, mixed, sceptical or oppose.",
    "2 Quote error: Quote the words that say so, or say why there is no quotation.",
    "3 Actor error: This statement is not by france, but by CHL.",
    expect.stringMatching(/^4 Quote error: These words are not in the text/),
    "5 Statement error: This dialogue has no statement at place 9.",
    '6 Issue error: The codebook has no issue "no_such_issue".',
    "7 Occasion error: There is no such occasion.",
    "9 Issue error: Row 8 already has a mention on r2p_principle in this statement.",
  ]);
  const right = [
    `${slug},1,,r2p_principle,,Support,We support the three pillars,,,`,
    `${slug},1,CHL,wso_no_renegotiation,mention,,,,,`,
    `,,TCD,r2p_principle,signature,support,,Signed by its foreign minister.,2012,letter`,
  ];
  const checked = await check(by, await send(by, "positions", header + right.join("\n")));
  expect(await messages(by, checked)).toEqual([]);
  const done = await take(by, checked);
  expect(done).toMatchObject({ status: "done", problem: null, progress: 3 });
  const stored = () =>
    database.sql(
      `select position.kind, value, exact, no_quote_reason, year, occasion from position left join quotation on quotation.id = quotation_id
       where statement_id = '${id}' or year = 2012 order by position.kind, value`,
    );
  expect(await stored()).toEqual([
    {
      kind: "position",
      value: "support",
      exact: "We support the three pillars",
      no_quote_reason: null,
      year: 2017,
      occasion: "dialogue",
    },
    { kind: "mention", value: null, exact: null, no_quote_reason: null, year: 2017, occasion: "dialogue" },
    {
      kind: "signature",
      value: "support",
      exact: null,
      no_quote_reason: "Signed by its foreign minister.",
      year: 2012,
      occasion: "letter",
    },
  ]);
  const again = await check(by, await send(by, "positions", header + (right[0] ?? "")));
  expect(await messages(by, again)).toEqual([
    "2 Issue error: This statement has a position on r2p_principle on record already.",
  ]);
  expect(await undoBatch(by.may("import:run"), done.batchId ?? "")).toMatchObject({ records: 4 });
  expect(await stored()).toEqual([]);
  expect(await database.sql("select * from quotation")).toEqual([]);
  expect(await database.sql("select * from audit_chain_faults()")).toEqual([]);
});
