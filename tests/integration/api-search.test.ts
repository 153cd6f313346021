import { beforeAll, describe, expect, it } from "vitest";
import { call, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

useDatabase("record");
let token = "";

type Result = {
  kind: string;
  id: string;
  title: string;
  path: string;
  dialogue: { slug: string } | null;
  language: string | null;
  snippet: { text: string; match: boolean }[];
};
type Found = {
  total: number;
  next: string | null;
  data: Result[];
  facets: Record<"kind" | "dialogue" | "language" | "actor", { value: string; label: string; count: number }[]>;
};

async function ok<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await call(method, path, { token, ...(body === undefined ? {} : { body }) });
  expect(response.status, `${method} ${path}: ${await response.clone().text()}`).toBeLessThan(300);
  return json<T>(response);
}
const find = (q: string, more = "") => ok<Found>("GET", `/search?q=${encodeURIComponent(q)}${more}`);
const marked = (found: Found) =>
  found.data.flatMap(({ snippet }) => snippet.flatMap(({ text, match }) => (match ? [text] : [])));

const TEXTS = {
  en: "Zanzibarite delegations supported the inclusion of accountability. We called for restraint in using the veto.",
  fr: "Les délégations zanzibarites ont soutenu les résolutions. L'État protège ses populations.",
  ar: "إن مسؤولية الحماية تقع على عاتق الدول الأعضاء",
  zh: "各国负有保护其人民的责任。中国一贯主张预防。",
} as const;
const statements = new Map<string, string>();

beforeAll(async () => {
  token = await tokenFor();
  for (const [language, text] of Object.entries(TEXTS)) {
    const { id } = await ok<{ id: string }>("POST", "/dialogues/unga-r2p-2024/statements", {
      speaker: "TZA",
      language,
    });
    await ok("PUT", `/statements/${id}/text`, { language, text });
    statements.set(language, id);
  }
});

describe("search", () => {
  it("finds a word in any of its forms in the language of the text, and marks it", async () => {
    const found = await find("delegation supporting", "&kind=statement");
    expect(found.data.map(({ id }) => id)).toContain(statements.get("en"));
    expect(marked(await find("zanzibarite support"))).toEqual(expect.arrayContaining(["Zanzibarite", "supported"]));
    expect((await find("zanzibarite résolution")).data.map(({ id }) => id)).toEqual([statements.get("fr")]);
  });

  it("ignores accents and case on both sides", async () => {
    expect((await find("ETAT PROTEGE", "&language=fr")).data.map(({ id }) => id)).toEqual([statements.get("fr")]);
    expect((await find("cote divoire", "&kind=actor")).data.map(({ path }) => path)).toEqual(["/states/cote-divoire"]);
  });

  it("finds Arabic and Chinese, and shows Chinese as it is written", async () => {
    expect((await find("مسؤولية الحماية")).data.map(({ id }) => id)).toEqual([statements.get("ar")]);
    const chinese = await find("保护其人民");
    expect(chinese.data.map(({ id }) => id)).toEqual([statements.get("zh")]);
    expect(chinese.data[0]?.snippet.map(({ text }) => text).join("")).toContain("各国负有保护其人民的责任");
  });

  it("knows phrases, alternatives, exclusions and beginnings", async () => {
    const has = async (q: string) =>
      (await find(q, "&kind=statement")).data.some(({ id }) => id === statements.get("en"));
    expect(await has('"using the veto" zanzibarite')).toBe(true);
    expect(await has('"the using veto" zanzibarite')).toBe(false);
    expect(await has("zanzibarite -restraint")).toBe(false);
    expect(await has("zanzibarite OR nowhere")).toBe(true);
    expect(await has("zanzib*")).toBe(true);
    expect(await has("zanzib")).toBe(false);
    expect((await find("-veto")).total).toBe(0);
  });

  it("finds issues, notes and actors with a link to each", async () => {
    const veto = await find("veto");
    expect(veto.data.find(({ kind }) => kind === "issue")?.path).toMatch(/^\/codebook\//);
    const note = (await find('"easy to manipulate"')).data[0];
    expect(note).toMatchObject({ kind: "note", title: "Nicaragua", dialogue: { slug: "unga-r2p-2009" } });
    expect((await find("Burma", "&kind=actor")).data[0]).toMatchObject({ title: "Myanmar", path: "/states/myanmar" });
  });

  it("counts for each filter what it would leave, and the counts are what the filter then shows", async () => {
    const { facets, total } = await find("responsibility OR protect OR veto");
    expect(facets.kind.reduce((sum, { count }) => sum + count, 0)).toBe(total);
    for (const [name, values] of Object.entries(facets)) {
      for (const { value, count } of values.slice(0, 3)) {
        const filtered = await find("responsibility OR protect OR veto", `&${name}=${encodeURIComponent(value)}`);
        expect([name, value, filtered.total]).toEqual([name, value, count]);
      }
    }
  });

  it("gives every result once over its pages", async () => {
    const ids: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page: Found = await find("denmark OR norway OR sweden", `&limit=3${next ? `&cursor=${next}` : ""}`);
      ids.push(...page.data.map(({ kind, id }) => `${kind} ${id}`));
      expect(page.total).toBeGreaterThan(3);
      next = page.next;
      if (next === null) expect(ids).toHaveLength(page.total);
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("leaves out withdrawn statements", async () => {
    const { id } = await ok<{ id: string }>("POST", "/dialogues/unga-r2p-2024/statements", { speaker: "TZA" });
    await ok("PUT", `/statements/${id}/text`, { language: "en", text: "Qwertzuiop was said." });
    expect((await find("qwertzuiop")).total).toBe(1);
    const headers = { "If-Match": '"1"' };
    await call("DELETE", `/statements/${id}?reason=Recorded+twice`, { token, headers });
    expect((await find("qwertzuiop")).total).toBe(0);
  });

  it("takes whatever somebody types for words", async () => {
    for (const q of ["'", "\\", "a:*b & !(", "'':*", "\\'*", "<->", "x".repeat(500), "%_%", "“”"]) {
      expect((await call("GET", `/search?q=${encodeURIComponent(q)}`, { token })).status, q).toBe(200);
    }
    expect((await call("GET", "/search", { token })).status).toBe(422);
    expect((await call("GET", "/search?q=veto&dialogue=nowhere", { token })).status).toBe(422);
  });
});
