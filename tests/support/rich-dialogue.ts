import { expect } from "vitest";
import type { ParticipantDto } from "@/features/statements/queries/participants";
import { withdrawStatement } from "@/features/statements/mutations";
import { call, json, tokenFor } from "@/tests/support/api";
import { dialogue, person, say, type Person } from "@/tests/support/record";

/** A note as nobody should write it: signs of XML and of formulas, characters that XML forbids, other scripts. */
export const HOSTILE = 'a "b", <c> & =d\u0001\uFFFE\r\nالجزائر 中国';

/** The address of a dialogue's participants in a format, below /api/v1: `at("unga-r2p-2017", ".csv", "?kind=observer")`. */
export const at = (slug: string, extension = "", query = ""): string =>
  `/dialogues/${slug}/participants${extension}${query}`;

export type List = { data: Partial<ParticipantDto>[]; next: string | null; total: number };

/** A dialogue with every kind of participant, and somebody who reads it. */
export type Stage = {
  slug: string;
  analyst: Person;
  token: string;
  get: (path: string) => Promise<Response>;
  /** The file at an address that answers 200. */
  bytes: (path: string) => Promise<Buffer>;
  /** The JSON at an address that answers 200. */
  list: (path: string) => Promise<List>;
};

const STATEMENTS: Record<string, unknown>[] = [
  {
    speaker: "european-union",
    meeting: 1,
    represents: [{ basis: "group", group: "european-union" }],
    language: "en",
  },
  {
    speaker: "DNK",
    meeting: 1,
    represents: [{ basis: "own" }, { basis: "group", group: "nordic", exclude: ["FIN"] }],
  },
  {
    speaker: "BRA",
    printed: HOSTILE.replace(/[\u0001\r\n]/g, ""),
    note: HOSTILE,
    person: { name: "=HYPERLINK(1)", title: " +1" },
  },
  { speaker: "AFG", meeting: 2, note: "-2+3", language: "fa", sourceUrl: "https://example.org/?a=1&b=2" },
  { speaker: "VAT", meeting: 2, represents: [{ basis: "own" }, { basis: "aligned", actor: "ALB" }] },
  {
    speaker: "GTM",
    role: "joint_statement",
    represents: [{ basis: "own" }, { basis: "named", actor: "CRI" }],
    language: "es",
  },
  { speaker: "GHA", role: "opening", person: { name: "Minister One" } },
  { speaker: "DNK", meeting: 2, note: "A second statement by one state" },
  { speaker: "CIV", printed: "Ivory Coast" },
];

/** Nine statements over two meetings, one of them an opening, and one that was withdrawn. */
export async function richDialogue(): Promise<Stage> {
  const token = await tokenFor({ role: "viewer", scope: "read" });
  const analyst = await person("analyst");
  const { slug } = await dialogue(analyst, {
    title: 'A dialogue with <everything> & "more"',
    startsOn: "2017-09-06",
    endsOn: "2017-09-07",
    meetings: [
      { date: "2017-09-06", label: "First" },
      { date: "2017-09-07", label: "Second" },
    ],
  });
  for (const statement of STATEMENTS) await say(analyst, slug, statement);
  const { id, version } = await say(analyst, slug, { speaker: "CAN" });
  await withdrawStatement(analyst.may("statement:record"), id, version, "Entered twice");

  const get = (path: string): Promise<Response> => call("GET", path, { token });
  const found = async (path: string): Promise<Response> => {
    const response = await get(path);
    expect(response.status, path).toBe(200);
    return response;
  };
  return {
    slug,
    analyst,
    token,
    get,
    bytes: async (path) => Buffer.from(await (await found(path)).arrayBuffer()),
    list: async (path) => json<List>(await found(path)),
  };
}
