import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { recordQuotations } from "@/features/sources/mutations/quotations";
import { putText, reviseText, type ChangedText } from "@/features/sources/mutations/texts";
import { getQuotation } from "@/features/sources/queries/quotations";
import { getText } from "@/features/sources/queries/texts";
import { write } from "@/lib/db";
import { call, expectProblem, json, pathsOf, statusesOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("reference");
let analyst: Person;
let slug = "";
let token = "";

beforeAll(async () => {
  analyst = await person();
  slug = (await dialogue(analyst)).slug;
  token = await tokenFor();
});

const BODY =
  "Mr. President,\n\nDenmark aligns itself with the statement of the European Union.\n\n" +
  "We support the “responsibility to protect”. We regret the use of the veto.\n\nI thank you.";

const sha = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

async function statementId(): Promise<string> {
  return (await say(analyst, slug, { speaker: "DNK", language: "en" })).id;
}

type Answer = ChangedText & { errors?: { path: string; message: string }[] };
type Quotation = { id: string; exact: string; start: number; paragraph: number; version: number; note: string | null };

const put = (id: string, body: unknown, etag?: string, query = ""): Promise<Response> =>
  call("PUT", `/statements/${id}/text${query}`, { token, body, headers: etag ? { "If-Match": etag } : {} });
const quoteIn = (id: string, body: unknown): Promise<Response> =>
  call("POST", `/statements/${id}/quotations`, { token, body });

async function quoted(id: string, quote: string): Promise<Quotation> {
  const answer = await quoteIn(id, { quote });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return json<Quotation>(answer);
}

/** Kinds of events of a dialogue that name a record, the oldest first. */
async function events(...ids: string[]): Promise<string[]> {
  const rows = await database.sql<{ type: string }>(
    "select type from audit_event where subject_id = any($1::uuid[]) order by id",
    [ids],
  );
  return rows.map(({ type }) => type);
}

describe("the text of a statement", () => {
  it("is stored byte for byte, with the hash of what GET returns", async () => {
    for (const text of [
      BODY,
      "CRLF\r\n\r\nand\ttabs \u00a0e\u0301 é 😀\f\u200f العربية 责任\n",
      " lone space around ",
    ]) {
      const id = await statementId();
      expect((await call("GET", `/statements/${id}/text`, { token })).status).toBe(404);
      const made = await put(id, { language: "en", text, source: "Handed out in the room" });
      expect(made.status).toBe(200);
      expect(made.headers.get("etag")).toBe('"1"');
      const got = await json<Answer>(await call("GET", `/statements/${id}/text`, { token }));
      expect(got).toMatchObject({ text, sha256: sha(text), kind: "as_delivered", language: "en", version: 1 });
      expect(got).toMatchObject({ source: "Handed out in the room", quotations: [] });
    }
  });

  it("needs If-Match once there is one, and the version that it names", async () => {
    const id = await statementId();
    await expectProblem(await put(id, { language: "en", text: "One." }, '"1"'), 412);
    await put(id, { language: "en", text: "One." });
    await expectProblem(await put(id, { language: "en", text: "Two." }), 428);
    await expectProblem(await put(id, { language: "en", text: "Two." }, '"2"'), 412);
    const changed = await put(id, { language: "en", text: "Two." }, '"1"');
    expect(changed.headers.get("etag")).toBe('"2"');
    const { id: textId } = await json<Answer>(changed);
    const versions = await call("GET", `/texts/${textId}/versions`, { token });
    expect(await json(versions)).toMatchObject({
      total: 2,
      data: [
        { version: 2, sha256: sha("Two."), until: null },
        { version: 1, sha256: sha("One.") },
      ],
    });
    const first = await call("GET", `/texts/${textId}/versions/1`, { token });
    expect(await json(first)).toMatchObject({ version: 1, text: "One." });
    expect((await call("GET", `/texts/${textId}/versions/3`, { token })).status).toBe(404);
    expect(await events(textId)).toEqual(["text.recorded", "text.revised"]);
  });

  it("there is one of each kind and language; a language can be corrected", async () => {
    const id = await statementId();
    await put(id, { language: "en", text: "Delivered." });
    await put(id, { language: "fr", text: "Préparé.", kind: "as_prepared" });
    const arabic = await json<Answer>(
      await put(id, { text: "مسؤولية الحماية" }, undefined, "?kind=translation&language=ar"),
    );
    const list = await json<{ data: unknown[] }>(await call("GET", `/statements/${id}/texts`, { token }));
    expect(list.data).toMatchObject([
      { kind: "as_delivered", language: "en" },
      { kind: "as_prepared", language: "fr" },
      { kind: "translation", language: "ar" },
    ]);
    const change = (body: unknown) =>
      call("PATCH", `/texts/${arabic.id}`, { token, body, headers: { "If-Match": '"1"' } });
    expect(await pathsOf(await change({ kind: "as_prepared", language: "fr" }))).toEqual(["language"]);
    expect(await json(await change({ language: "fa" }))).toMatchObject({ language: "fa", version: 2 });
    expect((await call("GET", `/statements/${id}/text?kind=translation&language=ar`, { token })).status).toBe(404);
    expect(await pathsOf(await put(id, { language: "en", text: "x" }, undefined, "?language=fr"))).toEqual([
      "language",
    ]);
  });

  it("is refused when it could not be given back, is empty or too long", async () => {
    const id = await statementId();
    for (const text of ["a\u0000b", "a\ud800b", " \n ", "é".repeat(2_700_000)]) {
      const refused = await put(id, { language: "en", text });
      expect(refused.status).toBe(422);
      expect(await pathsOf(refused)).toEqual(["text"]);
    }
    expect((await put(id, { language: "en", text: "ا".repeat(2_600_000) })).status).toBe(200);
    const viewer = await tokenFor({ role: "viewer" });
    await expectProblem(
      await call("PUT", `/statements/${id}/text`, { token: viewer, body: { language: "en", text: "x" } }),
      403,
    );
  });
});

describe("quotations", () => {
  it("stand in the text verbatim, tolerant of white space and typographic marks alone", async () => {
    const id = await statementId();
    expect(await pathsOf(await quoteIn(id, { quote: "We support" }))).toEqual(["quote"]);
    const { id: text } = await json<Answer>(await put(id, { language: "en", text: BODY }));
    const found = await quoted(id, 'support  the\n"responsi\u00adbility to protect"');
    expect(found).toMatchObject({
      text,
      exact: "support the “responsibility to protect”",
      start: BODY.indexOf("support the"),
      paragraph: 3,
      page: null,
      note: null,
      version: 1,
    });
    for (const quote of ["support a responsibility to protect", "denmark aligns itself", "upport the"]) {
      expect(await pathsOf(await quoteIn(id, { quote }))).toEqual(["quote"]);
    }
    // The same place again is the same quotation.
    expect((await quoted(id, "support the “responsibility to protect”")).id).toBe(found.id);
    expect(await events(found.id)).toEqual(["quotation.recorded"]);
    const one = await call("GET", `/quotations/${found.id}`, { token });
    expect(await json(one)).toMatchObject({
      selector: [{ type: "TextQuoteSelector" }, { type: "TextPositionSelector" }],
    });
  });

  it("after an edit above, inside and below: re-anchored, orphaned, untouched", async () => {
    const id = await statementId();
    const made = await json<Answer>(await put(id, { language: "en", text: BODY }));
    const aligned = await quoted(id, "Denmark aligns itself with the statement of the European Union");
    const support = await quoted(id, "We support the “responsibility to protect”");
    const thanks = await quoted(id, "I thank you");
    const text = BODY.replace("We support the", "We fully support the");
    const changed = await json<Answer>(await put(id, { language: "en", text }, '"1"'));
    expect(changed.anchored).toEqual({ untouched: [aligned.id], reanchored: [thanks.id], orphaned: [support.id] });
    const orphan = changed.quotations.find((one) => one.id === support.id);
    expect(orphan).toMatchObject({ exact: support.exact, start: null, paragraph: null, version: 2 });
    expect(orphan?.orphanedAt).not.toBeNull();
    expect(await events(support.id, thanks.id)).toEqual([
      "quotation.recorded",
      "quotation.recorded",
      "quotation.orphaned",
      "quotation.reanchored",
    ]);
    for (const { exact, start, end } of changed.quotations) {
      if (start !== null && end !== null) expect(Array.from(text).slice(start, end).join("")).toBe(exact);
    }

    const place = (etag: string, quote: string) =>
      call("PATCH", `/quotations/${support.id}`, { token, body: { quote }, headers: { "If-Match": etag } });
    await expectProblem(await place('"1"', "We fully support"), 412);
    expect(await pathsOf(await place('"2"', "We support"))).toEqual(["quote"]);
    expect(await json(await place('"2"', "We fully support"))).toMatchObject({
      exact: "We fully support",
      orphanedAt: null,
    });
    const gone = await call("DELETE", `/quotations/${support.id}`, { token, headers: { "If-Match": '"3"' } });
    expect(gone.status).toBe(200);
    expect((await call("GET", `/quotations/${support.id}`, { token })).status).toBe(404);
    expect(await getText(analyst.may("record:read"), made.id)).toMatchObject({ version: 2, quotations: { length: 2 } });
    const bodies = await database.sql(
      "select from audit_event where before::text ~ 'regret the use' or after::text ~ 'regret the use'",
    );
    expect(bodies).toEqual([]);
  });

  it("an orphan whose words are put back stands in its place again", async () => {
    const id = await statementId();
    await put(id, { language: "en", text: BODY });
    const found = await quoted(id, "We regret the use of the veto");
    await put(id, { language: "en", text: BODY.replace("regret", "deplore") }, '"1"');
    const back = await json<Answer>(await put(id, { language: "en", text: BODY }, '"2"'));
    expect(back.anchored.reanchored).toEqual([found.id]);
    expect(await getQuotation(analyst.may("record:read"), found.id)).toMatchObject({ start: found.start, version: 3 });
  });

  it("many at once: all or none, each refusal with its field", async () => {
    const id = await statementId();
    await put(id, { language: "en", text: BODY });
    const caller = analyst.may("position:code");
    const inputs = [{ quote: "We support" }, { quote: "We oppose" }, { quote: "I think you" }];
    const work = write(caller, (tx) => recordQuotations(tx, caller, id, inputs, (index) => [String(index), "quote"]));
    await expect(work).rejects.toMatchObject({ issues: [{ path: ["1", "quote"] }, { path: ["2", "quote"] }] });
    expect(
      await database.sql(
        "select from quotation q join statement_text t on t.id = q.text_id where t.statement_id = $1",
        [id],
      ),
    ).toEqual([]);
  });
});

describe("at once", () => {
  it("a text that changes and words that are quoted: the quotation stands, is an orphan, or was refused", async () => {
    const text = "The veto was used. ".repeat(50);
    for (let round = 0; round < 8; round += 1) {
      const id = await statementId();
      const editor = analyst.may("text:edit");
      const made = await putText(editor, id, { which: {}, version: null, input: { text: `${text}We regret it.` } });
      const quoting = Array.from({ length: 4 }, () => quoteIn(id, { quote: "We regret it" }));
      const editing = reviseText(editor, made.id, 1, { text: `${text}We deplore it.` });
      const [answers] = await Promise.all([Promise.all(quoting), editing]);
      for (const { status } of answers) expect([201, 422]).toContain(status);
      const now = await getText(analyst.may("record:read"), made.id);
      for (const quotation of now.quotations) expect(quotation.orphanedAt).not.toBeNull();
      expect(now.quotations.length).toBe(answers.some(({ status }) => status === 201) ? 1 : 0);
    }
  });

  it("eight first texts: one is made; eight changes of one version: one is made", async () => {
    const id = await statementId();
    const first = await Promise.all(
      Array.from({ length: 8 }, (_, at) => put(id, { language: "en", text: `Text ${at}.` })),
    );
    expect(statusesOf(first)).toEqual([200, ...Array.from({ length: 7 }, () => 428)]);
    const next = await Promise.all(
      Array.from({ length: 8 }, (_, at) => put(id, { language: "en", text: `Change ${at}.` }, '"1"')),
    );
    expect(statusesOf(next)).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
  });
});
