import { beforeAll, describe, expect, it } from "vitest";
import { chipsOf, compareClaims } from "@/features/figures/queries/claims";
import { countUnknownMemberships, figuresOf, representedIn, speakersIn } from "@/features/figures/queries/counted";
import { getCumulative } from "@/features/figures/queries/over-time";
import { loadDialogueRecord, type DialogueRecord } from "@/features/figures/queries/record";
import { listTallies } from "@/features/figures/queries/tallies";
import { headline } from "@/features/figures/rules";
import { ALIGNED, RULES, type CountingQuery } from "@/features/figures/schema";
import { listDialogues } from "@/features/dialogues/queries";
import { participantsOf } from "@/features/statements/queries/participants";
import { participantQuery } from "@/features/statements/schema";
import type { Caller } from "@/lib/auth/caller";
import { withClient } from "@/scripts/db";
import { useDatabase } from "@/tests/support/database";
import { person } from "@/tests/support/record";

const database = useDatabase("record");
let reader: Caller<"record:read">;
const records = new Map<string, DialogueRecord>();

const EVERYTHING: CountingQuery = { rule: "own_and_groups", aligned: "exclude" };

function of(year: number): DialogueRecord {
  const record = records.get(`unga-r2p-${year}`);
  if (!record) throw new Error(`No dialogue of ${year}`);
  return record;
}

/** The same record with the statements of some groups alone. */
function onBehalf(record: DialogueRecord, ...groups: string[]): DialogueRecord {
  const rows = record.rows.filter(({ representations }) =>
    representations.some(({ actorId }) => actorId !== null && groups.includes(record.cast.brief(actorId).ref)),
  );
  const ids = new Set(rows.map(({ id }) => id));
  return { ...record, rows, statements: record.statements.filter(({ id }) => ids.has(id)) };
}

const states = (record: DialogueRecord): string[] =>
  representedIn(record, { ...EVERYTHING, kind: "member_state" }).map(({ actor }) => actor);

/** Every dialogue under every rule, with and without aligned states, as a whole and by meeting. */
function* everyCount(): Generator<{ record: DialogueRecord; how: CountingQuery; name: string }> {
  for (const record of records.values()) {
    for (const rule of RULES) {
      for (const aligned of ALIGNED) {
        for (const meeting of [undefined, ...record.dialogue.meetings.map(({ number }) => number)]) {
          const how = { rule, aligned, meeting };
          yield { record, how, name: `${record.dialogue.slug} ${rule} ${aligned} ${meeting ?? "all"}` };
        }
      }
    }
  }
}

beforeAll(async () => {
  reader = (await person("viewer")).may("record:read");
  const { dialogues } = await listDialogues(reader, {}, { limit: 100 });
  for (const { slug } of dialogues) records.set(slug, await loadDialogueRecord(reader, slug));
});

describe("the facts of the record", () => {
  it("sixteen dialogues", () => {
    expect(records.size).toBe(16);
  });

  it("2017: 7 of 73 member states are on record, 66 are missing", () => {
    const figures = figuresOf(of(2017), EVERYTHING);
    expect(figures.spoke).toEqual({
      memberStates: 7,
      observers: 1,
      regionalOrganizations: 1,
      civilSociety: 1,
      unOffices: 0,
    });
    expect(figures.missing).toEqual({ memberStates: 66, observers: 1, civilSociety: 4 });
    expect([figures.complete, figures.asOf]).toEqual([false, "2017-09-06"]);
    expect(chipsOf(of(2017), EVERYTHING)[0]).toEqual({
      label: "Incomplete",
      published: "73",
      computed: "7",
      tone: "warn",
    });
  });

  it("the statements of the European Union cover 28 states in 2017 and 27 in 2021", () => {
    expect(states(onBehalf(of(2017), "european-union"))).toHaveLength(28);
    expect(states(onBehalf(of(2021), "european-union"))).toHaveLength(27);
  });

  it("European Union, Nordic and Baltic statements of 2017 cover 30: the 28, Norway and Iceland", () => {
    const eu = states(onBehalf(of(2017), "european-union"));
    const all = states(onBehalf(of(2017), "european-union", "nordic", "baltic"));
    expect([...all].sort()).toEqual([...eu, "ISL", "NOR"].sort());
  });

  it("the Group of Friends of 2021: 52 states and the Union itself, 62 states in union with it", () => {
    const friends = onBehalf(of(2021), "group-of-friends-r2p");
    expect(friends.rows).toHaveLength(1);
    expect(states(friends)).toHaveLength(52);
    const [statement] = participantsOf(friends, participantQuery.parse({}));
    expect(statement).toMatchObject({ states: 52, organizations: 1 });
    expect(states(onBehalf(of(2021), "group-of-friends-r2p", "european-union"))).toHaveLength(62);
  });

  it("the Union's statement of 2025 covers no state by itself when it spoke in its own capacity", () => {
    for (const { record, how } of everyCount()) {
      for (const statement of record.statements) {
        const { kind, ref } = record.cast.register.party(statement.speakerId);
        const own = statement.representations.every(({ basis }) => basis === "own");
        if (kind !== "regional_organization" || !own) continue;
        const alone = { ...record, statements: [statement], rows: record.rows.filter(({ id }) => id === statement.id) };
        expect(figuresOf(alone, how).represented, ref).toEqual({ states: 0, observers: 0 });
      }
    }
  });

  it("cumulative numbers never fall, and hold every dialogue", async () => {
    for (const rule of RULES) {
      for (const aligned of ALIGNED) {
        const rows = await getCumulative(reader, { rule, aligned });
        expect(rows.map(({ dialogue }) => dialogue)).toEqual([...records.keys()].reverse());
        rows.slice(1).forEach((row, at) => {
          expect(row.spoke).toBeGreaterThanOrEqual(rows[at]!.spoke);
          expect(row.represented).toBeGreaterThanOrEqual(rows[at]!.represented);
          expect(row.spoke).toBe(rows[at]!.spoke + row.firstTime.length);
          expect(row.represented).toBeGreaterThanOrEqual(
            figuresOf(records.get(row.dialogue)!, { rule, aligned }).represented.states,
          );
        });
      }
    }
  });
});

describe("every number is as many rows", () => {
  it("speakers, represented, counted through one group, counted by several routes", () => {
    let counts = 0;
    for (const { record, how, name } of everyCount()) {
      const figures = figuresOf(record, how);
      const rows = representedIn(record, how);
      const speakers = speakersIn(record, how.meeting);
      const kind = (wanted: string) => speakers.filter((one) => one.kind === wanted).length;
      expect(figures.spoke, name).toEqual({
        memberStates: kind("member_state"),
        observers: kind("observer"),
        regionalOrganizations: kind("regional_organization"),
        civilSociety: kind("civil_society"),
        unOffices: kind("un_office"),
      });
      expect(figures.represented, name).toEqual({
        states: rows.filter((row) => row.kind === "member_state").length,
        observers: rows.filter((row) => row.kind === "observer").length,
      });
      for (const [only, count] of Object.entries(figures.onlyThrough)) {
        expect(representedIn(record, { ...how, kind: "member_state", only }), `${name} only ${only}`).toHaveLength(
          count,
        );
      }
      const several = representedIn(record, { ...how, kind: "member_state", overlap: "yes" });
      expect(several.map(({ actor }) => actor).sort(), name).toEqual(figures.overlap.map(({ actor }) => actor).sort());
      for (const part of headline(figures, {})) {
        if (part.link === null) continue;
        const { show, kind: of } = part.link;
        const behind =
          show === "speakers" ? speakers.filter((one) => one.kind === of) : rows.filter((one) => one.kind === of);
        expect(behind, `${name} "${part.text}"`).toHaveLength(part.value);
      }
      counts += 1;
    }
    expect(counts).toBeGreaterThan(16 * 6);
  });

  it("each route names statements that make it, and each state of it is covered by them", () => {
    for (const { record, how, name } of everyCount()) {
      const rows = new Map(participantsOf(record, participantQuery.parse({})).map((row) => [row.id, row]));
      for (const { routes } of representedIn(record, how)) {
        for (const { label, statements } of routes) {
          expect(statements.length, name).toBeGreaterThan(0);
          expect(label, name).not.toMatch(/:/);
          for (const { id, speaker } of statements) expect(rows.get(id)?.name, name).toBe(speaker);
        }
      }
    }
  });

  it("the list of dialogues gives the numbers of their pages", async () => {
    const dialogues = [...records.values()].map(({ dialogue }) => dialogue);
    for (const rule of RULES) {
      const tallies = await listTallies(reader, dialogues, { rule, aligned: "exclude" });
      for (const record of records.values()) {
        const figures = figuresOf(record, { rule, aligned: "exclude" });
        expect(tallies.get(record.dialogue.id)).toMatchObject({
          memberStates: figures.spoke.memberStates,
          represented: figures.represented.states,
        });
      }
    }
  });
});

describe("states of whom no source shows that they had joined", () => {
  it("are as many rows, and those of the rest are certain", () => {
    for (const { record, how, name } of everyCount()) {
      const unknown = countUnknownMemberships(record, how);
      const all = representedIn(record, { ...how, kind: "member_state" });
      expect(representedIn(record, { ...how, kind: "member_state", membership: "unknown" }), name).toHaveLength(
        unknown,
      );
      expect(
        all.filter(({ membershipKnown }) => !membershipKnown),
        name,
      ).toHaveLength(unknown);
      for (const { routes, membershipKnown } of all) {
        if (routes.some(({ route }) => !route.startsWith("group:"))) expect(membershipKnown, name).toBe(true);
      }
    }
  });

  it("2017: 33 of the 65, all of them by the Group of Friends alone; none by the European Union", () => {
    const rows = representedIn(of(2017), { ...EVERYTHING, membership: "unknown" });
    expect(rows).toHaveLength(33);
    for (const { routes } of rows) expect(routes.map(({ route }) => route)).toEqual(["group:group-of-friends-r2p"]);
    expect(countUnknownMemberships(of(2017), { rule: "own_and_regional", aligned: "exclude" })).toBe(0);
  });
});

describe("the same counted by the database", () => {
  /** Who is represented, in plain SQL: written from the contract, without looking at the rules in TypeScript. */
  const COUNT = `
    WITH counted AS (
      SELECT s.id, s.speaker_id, speaker.kind AS speaker_kind, coalesce(m.date, d.starts_on) AS day
      FROM statement s JOIN dialogue d ON d.id = s.dialogue_id JOIN actor speaker ON speaker.id = s.speaker_id
      LEFT JOIN meeting m ON m.id = s.meeting_id
      WHERE d.slug = $1 AND s.withdrawn_at IS NULL AND s.role IN ('statement', 'joint_statement', 'civil_society')
        AND ($4::int IS NULL OR m.number = $4)
    ), routes AS (
      SELECT c.*, r.id AS representation_id, coalesce(r.basis::text, 'own') AS basis, r.actor_id
      FROM counted c LEFT JOIN representation r ON r.statement_id = c.id
    ), usable AS (
      SELECT * FROM routes
      WHERE (basis = 'own' OR $2 = 'own_and_groups' OR ($2 = 'own_and_regional' AND speaker_kind = 'regional_organization'))
        AND (basis <> 'aligned' OR $3 = 'include')
    ), reached AS (
      SELECT day, CASE basis WHEN 'own' THEN speaker_id ELSE actor_id END AS actor_id FROM usable WHERE basis <> 'group'
      UNION ALL
      SELECT u.day, ms.member_id FROM usable u JOIN membership ms ON ms.group_id = u.actor_id
        AND (ms.valid_from IS NULL OR ms.valid_from <= u.day) AND (ms.valid_until IS NULL OR ms.valid_until >= u.day)
      WHERE u.basis = 'group'
        AND NOT EXISTS (SELECT FROM exclusion e WHERE e.representation_id = u.representation_id AND e.actor_id = ms.member_id)
    )
    SELECT count(DISTINCT a.id) FILTER (WHERE a.kind = 'member_state')::int AS states,
      count(DISTINCT a.id) FILTER (WHERE a.kind = 'observer')::int AS observers
    FROM reached JOIN actor a ON a.id = reached.actor_id
    WHERE a.kind = 'observer' OR a.admitted_on IS NULL OR a.admitted_on <= reached.day`;

  it("every dialogue under every rule", async () => {
    await withClient(database.ownerUrl, async (client) => {
      for (const { record, how, name } of everyCount()) {
        const values = [record.dialogue.slug, how.rule, how.aligned, how.meeting ?? null];
        const { rows } = await client.query<{ states: number; observers: number }>(COUNT, values);
        expect(figuresOf(record, how).represented, name).toEqual(rows[0]);
      }
    });
  });
});

describe("finding participants", () => {
  const found = (q: string): string[] =>
    participantsOf(of(2017), participantQuery.parse({ q, sort: "speaker" })).map(({ name }) => name);

  it("by the names of who spoke and for whom, by code, and not by the list's own words", () => {
    expect(found("ital")).toEqual(["Italy"]);
    expect(found("Lambertini")).toEqual(["Italy"]);
    expect(found("nordic")).toEqual(["Norway"]);
    expect(found("lva")).toEqual(["Latvia"]);
    expect(found("EUROPEAN  union")).toEqual(["European Union"]);
    for (const word of ["own capacity", "capacity", "aligned", "without"]) expect(found(word), word).toEqual([]);
  });
});

describe("published figures", () => {
  it("stand beside what the data gives; publishers that disagree are all shown", () => {
    const claims = compareClaims(of(2017));
    const spoke = claims.filter(({ claim }) => claim.unit === "member_states_spoke" && claim.scope === "total");
    expect(spoke.map(({ claim, computed, verdict }) => [claim.value, computed, verdict])).toEqual([
      [73, 7, "incomplete"],
      [73, 7, "incomplete"],
    ]);
    expect(claims.filter(({ claim }) => claim.scope === "cumulative").map(({ verdict }) => verdict)).toEqual([
      "not computable",
    ]);
    const [represented] = claims.filter(({ claim }) => claim.unit === "states_represented");
    expect(represented).toMatchObject({ claim: { value: 98 }, verdict: "incomplete" });
    expect(chipsOf(of(2014), EVERYTHING)).toContainEqual(
      expect.objectContaining({ label: "On behalf of", published: "81 or 83", tone: "warn" }),
    );
    expect(chipsOf(of(2013), EVERYTHING)[0]).toMatchObject({ label: "Incomplete", published: "68 or 69" });
  });

  it("a number that the record has already passed is wrong whatever is still missing", () => {
    const record = of(2017);
    const [claim] = record.published.filter(({ unit }) => unit === "member_states_spoke");
    const published = [claim!, { ...claim!, value: 5 }];
    expect(compareClaims({ ...record, published }).map(({ verdict }) => verdict)).toEqual(["incomplete", "differs"]);
  });

  it("the size of a group says for how many members it is not known whether they had joined", () => {
    const [friends] = compareClaims(of(2017)).filter(({ claim }) => claim.unit === "group_members");
    expect(friends).toMatchObject({
      claim: { value: 50 },
      groupName: expect.stringMatching(/Group of Friends/),
      verdict: "uncertain",
    });
    expect(chipsOf(of(2017), EVERYTHING).at(-1)).toMatchObject({ published: "50", tone: "warn" });
    expect(chipsOf(of(2017), EVERYTHING).at(-1)?.computed).toMatch(
      / \+ European Union \(for \d+ it is not known whether they had joined\)$/,
    );
  });
});
