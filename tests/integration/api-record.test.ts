import { beforeAll, describe, expect, it } from "vitest";
import type { DialogueDto } from "@/features/dialogues/queries";
import type { Figures } from "@/features/figures/rules";
import { ALIGNED, RULES } from "@/features/figures/schema";
import type { StatementDetail, StatementDto } from "@/features/statements/queries/statement";
import { call, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

useDatabase("record");

type Page<T> = { data: T[]; next: string | null; total: number };
type Represented = { actor: string; kind: string; routes: string[] };
type Cumulative = { dialogue: string; spoke: number; represented: number };

let token = "";

async function get<T>(path: string): Promise<T> {
  const response = await call("GET", path, { token });
  expect(response.status, `${path} ${await response.clone().text()}`.slice(0, 300)).toBe(200);
  return json<T>(response);
}

const statements = async (year: number): Promise<StatementDto[]> =>
  (await get<Page<StatementDto>>(`/dialogues/unga-r2p-${year}/statements?limit=1000`)).data;

beforeAll(async () => {
  token = await tokenFor({ role: "viewer", scope: "read" });
});

describe("the record", () => {
  it("has the statements of the European Union cover its members of the day", async () => {
    for (const [year, members] of [
      [2017, 28],
      [2021, 27],
    ] as const) {
      const delivered = (await statements(year)).filter(({ speaker }) => speaker === "european-union");
      expect(delivered.length, String(year)).toBe(1);
      expect(delivered[0]?.covers.states, String(year)).toBe(members);
    }
  });

  it("counts a state once however many routes lead to it", async () => {
    const { id } = (await statements(2017)).find(({ speaker }) => speaker === "european-union") ?? { id: "" };
    const { covered } = await get<StatementDetail>(`/statements/${id}`);
    const union = covered.filter(({ countedAs }) => countedAs === "member_state").map(({ ref }) => ref);
    const members = async (group: string) =>
      (await get<Page<{ member: { iso3: string } }>>(`/actors/${group}/members?on=2017-09-06&limit=1000`)).data.map(
        ({ member }) => member.iso3,
      );
    const all = new Set([...union, ...(await members("nordic")), ...(await members("baltic"))]);
    expect(all.size).toBe(30);
    expect([...all].filter((ref) => !union.includes(ref)).sort()).toEqual(["ISL", "NOR"]);
  });

  it("opens each number into exactly that many rows, under every rule", { timeout: 120_000 }, async () => {
    const dialogues = (await get<Page<DialogueDto>>("/dialogues?limit=1000")).data;
    expect(dialogues.length).toBe(16);
    for (const { slug } of dialogues.filter(({ startsOn }) => startsOn >= "2017" || startsOn < "2011")) {
      for (const rule of RULES) {
        for (const aligned of ALIGNED) {
          const query = `rule=${rule}&aligned=${aligned}`;
          const { represented, onlyThrough, overlap } = await get<Figures>(`/dialogues/${slug}/figures?${query}`);
          const rows = (await get<Page<Represented>>(`/dialogues/${slug}/represented?${query}&limit=1000`)).data;
          const states = rows.filter(({ kind }) => kind === "member_state");
          expect(states.length, `${slug} ${query}`).toBe(represented.states);
          expect(rows.length - states.length).toBe(represented.observers);
          const single = states.filter(({ routes }) => routes.length === 1 && routes[0] !== "own").length;
          expect(Object.values(onlyThrough).reduce((sum, count) => sum + count, 0)).toBe(single);
          expect(overlap.length).toBe(states.filter(({ routes }) => routes.length > 1).length);
        }
      }
    }
  });

  it("never lets a cumulative count fall", async () => {
    const rows = (await get<Page<Cumulative>>("/figures/cumulative?limit=1000")).data;
    expect(rows.length).toBe(16);
    rows.reduce((before, row) => {
      expect(row.spoke).toBeGreaterThanOrEqual(before.spoke);
      expect(row.represented).toBeGreaterThanOrEqual(before.represented);
      return row;
    });
  });

  it("says what is missing beside a published number", async () => {
    const figures = await get<Figures>("/dialogues/unga-r2p-2017/figures");
    expect(figures.complete).toBe(false);
    expect(figures.spoke.memberStates + (figures.missing.memberStates ?? 0)).toBe(73);
    const claims = (await get<Page<{ value: number; computed: number | null }>>("/published-figures?limit=1000")).data;
    expect(claims.length).toBeGreaterThan(90);
    expect(claims.some(({ value, computed }) => value === computed)).toBe(true);
  });
});
