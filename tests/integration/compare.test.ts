import { parse } from "csv-parse/sync";
import { beforeAll, expect, it } from "vitest";
import { listTimelineOf } from "@/features/positions/queries/timeline";
import { getCellEvidence } from "@/features/positions/queries/cell";
import { compare } from "@/features/positions/queries/compare";
import { getMatrix } from "@/features/positions/queries/matrix";
import { pairsOf } from "@/features/positions/rules/compare";
import { compareQuery, evidenceQuery, matrixQuery } from "@/features/positions/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { call, expectProblem, json, pathsOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { fillRandomly, WORLD_ISSUES } from "@/tests/support/random-world";

const database = useDatabase("reference");
const reader = grant(systemIdentity("Analyst One"), "record:read");
const ISSUES = WORLD_ISSUES.join(",");
const STATES = ["DNK", "FIN", "MEX"];
const read = (query: object) =>
  snapshot(reader, (tx) => compare(tx, compareQuery.parse({ actors: STATES.join(","), issues: ISSUES, ...query })));
let token = "";

beforeAll(async () => {
  await fillRandomly(database, 23);
  token = await tokenFor({ role: "viewer" });
}, 120_000);

const scopes = async () => {
  const [dialogue] = await database.sql<{ slug: string }>("select slug from dialogue order by starts_on desc limit 1");
  return [{}, { asOf: "2013-06-30" }, { dialogue: dialogue?.slug }];
};

it("shows what the matrix shows, in any voice, now, on a day and at one dialogue", async () => {
  for (const scope of await scopes()) {
    const matrix = await snapshot(reader, (tx) => getMatrix(tx, matrixQuery.parse({ ...scope, issues: ISSUES })));
    const { rows, asOf } = await read(scope);
    expect(asOf).toBe(matrix.asOf);
    for (const [place, ref] of STATES.entries()) {
      const expected = matrix.rows.find((row) => row.ref === ref)?.cells;
      expect(
        rows.map(({ cells }) => cells[place]?.cell),
        `${ref} ${JSON.stringify(scope)}`,
      ).toEqual(expected);
    }
  }
});

it("has behind each cell as many positions as its evidence lists, in the same voice and time", async () => {
  let own = 0;
  for (const scope of await scopes()) {
    for (const voice of ["any", "own"] as const) {
      const { rows, asOf, dialogue } = await read({ ...scope, voice, actors: "DNK,nordic" });
      for (const [place, ref] of ["DNK", "nordic"].entries()) {
        for (const { issue, cells } of rows.slice(0, 2)) {
          const evidence = await snapshot(reader, (tx) =>
            getCellEvidence(tx, { actor: ref, issue: issue.code }, evidenceQuery.parse(scope)),
          );
          const listed = evidence.timeline
            .filter(({ kind, mode }) => kind === "position" && (voice === "any" || mode === "own"))
            .filter((entry) => (dialogue ? entry.dialogue === dialogue.slug : entry.day <= asOf));
          const shown = cells[place]!;
          expect(shown.positions, `${ref} ${issue.code} ${voice}`).toBe(listed.length);
          if (voice === "own") {
            // The newest one decides; without one the cell says why, and never through whom.
            expect("value" in shown.cell).toBe(listed.length > 0);
            if ("value" in shown.cell) expect(shown.cell).toMatchObject({ kind: "own", through: null });
            own += listed.length;
          }
        }
      }
    }
  }
  expect(own).toBeGreaterThan(10);
});

it("rests on as many positions of each as its links list, of the same issues, voice and time", async () => {
  let listed = 0;
  for (const scope of await scopes()) {
    const { actors, asOf, dialogue } = await read({ ...scope, issues: ISSUES, actors: "DNK,nordic" });
    for (const { actor, strength } of actors) {
      for (const mode of ["own", "delegated"] as const) {
        const { total, entries } = await snapshot(reader, (tx) =>
          listTimelineOf(
            tx,
            actor.id,
            { mode, issues: ISSUES.split(","), scope: dialogue ? { dialogueId: dialogue.id } : { asOf } },
            { page: 1, size: 1000 },
          ),
        );
        expect(total, `${actor.slug} ${mode} ${JSON.stringify(scope)}`).toBe(strength[mode]);
        expect(entries).toHaveLength(total);
        listed += total;
      }
    }
  }
  expect(listed).toBeGreaterThan(10);
});

it("is the same by API and in its file, with pairs recounted from the rows", async () => {
  const query = `actors=DNK,FIN,MEX,nordic&issues=${ISSUES}`;
  type Answer = {
    actors: { actor: string; own: number }[];
    issues: { issue: string; cells: { kind: string; value: string | null; positions: number }[] }[];
    pairs: { actors: string[]; both: number; bySteps: number[] }[];
  };
  const answer = await json<Answer>(await call("GET", `/compare?${query}`, { token }));
  for (const { actors, both, bySteps } of answer.pairs) {
    const [a, b] = actors.map((ref) => answer.actors.findIndex((one) => one.actor === ref));
    const values = answer.issues.map(({ cells }) => [cells[a!]?.value, cells[b!]?.value]);
    const addressed = values.filter(([one, other]) => one && other);
    expect(both).toBe(addressed.length);
    expect(bySteps[0]).toBe(addressed.filter(([one, other]) => one === other).length);
  }
  expect(answer.pairs).toHaveLength(6);
  const { rows, actors } = await read({ actors: "DNK,FIN,MEX,nordic" });
  const plain = rows.map(({ issue, cells }) => ({ issueId: issue.id, cells: cells.map(({ cell }) => cell) }));
  expect(pairsOf(plain, 4).map(({ bySteps }) => bySteps)).toEqual(answer.pairs.map(({ bySteps }) => bySteps));
  for (const [place, { strength }] of actors.entries()) {
    const behind = rows.reduce((sum, { cells }) => sum + (cells[place]?.positions ?? 0), 0);
    expect(strength.own + strength.delegated).toBe(behind);
  }

  const file = await call("GET", `/compare.csv?${query}`, { token });
  const lines: Record<string, string>[] = parse(await file.text(), { bom: true, columns: true });
  expect(lines.map((line) => [line.Issue, line.Actor, line.Kind, line.Value, line.Positions])).toEqual(
    answer.issues.flatMap(({ issue, cells }) =>
      cells.map(({ kind, value, positions }, place) => [
        issue,
        answer.actors[place]?.actor,
        kind,
        value ?? "",
        String(positions),
      ]),
    ),
  );
  const [, link] = /^<(.+)>; rel="describedby"/.exec(file.headers.get("link") ?? "") ?? [];
  const about = await json<{ notes: object[] }>(await call("GET", `/${link}`, { token }));
  expect(about.notes[0]).toMatchObject({ filters: { actors: "DNK,FIN,MEX,nordic" }, total: lines.length });
});

it("refuses fewer than two, more than six, and whom nobody knows", async () => {
  for (const [query, path] of [
    ["actors=DNK", "actors"],
    ["actors=DNK,denmark", "actors"],
    ["actors=DNK,FIN,MEX,HRV,ALB,GBR,ZWE", "actors"],
    ["actors=DNK,nobody", "actors"],
    ["actors=DNK,FIN&issues=nothing", "issues"],
    ["actors=DNK,FIN&voice=loud", "voice"],
  ] as const) {
    const answer = await call("GET", `/compare?${query}`, { token });
    expect(await pathsOf(answer.clone()), query).toEqual([path]);
    await expectProblem(answer, 422);
  }
});
