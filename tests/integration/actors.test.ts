import { beforeAll, describe, expect, it } from "vitest";
import {
  recordActor,
  recordMembership,
  removeMembership,
  reviseActor,
  reviseMembership,
} from "@/features/actors/mutations";
import { findActor, getActor, listActors, today } from "@/features/actors/queries/actor";
import { membersOn, membershipsOf, periodsOf } from "@/features/actors/queries/members";
import { findActorIds, findActorsByText } from "@/features/actors/queries/resolve";
import { actorInput, membershipInput } from "@/features/actors/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("reference");
const editor = grant(systemIdentity(), "actor:edit");
const reader = grant(systemIdentity(), "record:read");

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const outcome = await work.then(
    () => new Error("It was not refused."),
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(DomainError);
  return outcome as DomainError;
}

const fields = (error: DomainError): string[] => error.issues.map(({ path }) => path.join("."));

async function audited(subject: string): Promise<string[]> {
  const events = await database.sql<{ type: string }>(
    "select type from audit_event where subject_id = $1 order by id",
    [subject],
  );
  return events.map(({ type }) => type);
}

beforeAll(async () => {
  await recordActor(editor, actorInput.parse({ kind: "group", slug: "testers", name: "Testers" }));
});

describe("the shipped actors", () => {
  it("are 193 member states and two observers, each found by code, and regional groups that add up to all states", async () => {
    const of = async (kind: "member_state" | "observer") =>
      (await listActors(reader, { kind }, { limit: 1000 })).actors;
    const states = await of("member_state");
    expect(states.length).toBe(193);
    expect((await of("observer")).map(({ iso3 }) => iso3)).toEqual(["VAT", "PSE"]);
    const codes = states.flatMap(({ iso3 }) => (iso3 ? [iso3] : []));
    expect((await findActorIds(reader, codes)).size).toBe(193);
    const groups = ["un-african-group", "un-asia-pacific-group", "un-eastern-european-group", "un-grulac", "un-weog"];
    const sizes = await Promise.all(groups.map(async (group) => (await membersOn(reader, group, "2017-09-06")).total));
    expect(sizes).toEqual([54, 53, 23, 33, 29]);
  });

  it("carry the name of the day", async () => {
    const nameOn = async (ref: string, day: string) => (await getActor(reader, ref, day)).name;
    expect(await nameOn("TUR", "2017-09-06")).toBe("Turkey");
    expect(await nameOn("TUR", "2023-06-26")).toBe("Türkiye");
    const members = await membersOn(reader, "european-union", "2015-09-08");
    expect(members.total).toBe(28);
    expect(members.memberships.find(({ member }) => member.iso3 === "CZE")?.member.name).toBe("Czech Republic");
  });

  it("are found by any name, whatever its case, accents and article", async () => {
    const found = await findActorsByText(reader, ["cote d'ivoire", "The Gambia", "dnk", "EU", "Atlantis"]);
    const refs = [...found.values()].map((matches) => matches.map(({ ref }) => ref));
    expect(refs).toEqual([["CIV"], ["GMB"], ["DNK"], ["european-union"], []]);
  });

  it("are listed with the European Union among the members of the Group of Friends", async () => {
    const friends = await membersOn(reader, "group-of-friends-r2p", "2017-09-06");
    expect(friends.memberships.filter(({ member }) => member.kind === "regional_organization").length).toBe(1);
    const eu = await getActor(reader, "EU");
    const groups = await membershipsOf(reader, eu.id);
    expect(groups.map(({ group }) => group.slug)).toContain("group-of-friends-r2p");
    const periods = await periodsOf(reader, eu.id);
    expect(periods.find(({ member }) => member.iso3 === "GBR")?.until).toBe("2020-01-31");
  });
});

describe("actors", () => {
  it("are written with their audit event or not at all", async () => {
    await database.sql("ALTER TABLE audit_event ADD CONSTRAINT broken CHECK (type <> 'actor.recorded') NOT VALID");
    const input = actorInput.parse({ kind: "civil_society", slug: "lost", name: "Lost" });
    await refusal(recordActor(editor, input));
    await database.sql("ALTER TABLE audit_event DROP CONSTRAINT broken");
    expect(await findActor(reader, "lost")).toBeNull();
    const made = await recordActor(editor, input);
    expect(await audited(made.id)).toEqual(["actor.recorded"]);
  });

  it("lose no change when two revise one at once", async () => {
    const { id } = await recordActor(editor, actorInput.parse({ kind: "un_office", slug: "office", name: "Office" }));
    const outcomes = await Promise.allSettled([
      reviseActor(editor, "office", 1, { note: "left" }),
      reviseActor(editor, "office", 1, { note: "right" }),
    ]);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [outcome.reason as DomainError] : [],
    );
    const now = await getActor(reader, "office");
    expect(refused.map(({ code, current }) => [code, current])).toEqual([["STALE", now]]);
    expect(now.version).toBe(2);
    expect(await audited(id)).toEqual(["actor.recorded", "actor.revised"]);
  });

  it("have one slug and one code each, also when two record at once", async () => {
    const input = actorInput.parse({ kind: "member_state", slug: "twin", name: "Twin", iso3: "TWN" });
    const outcomes = await Promise.allSettled([
      recordActor(editor, input),
      recordActor(editor, { ...input, slug: "other-twin" }),
    ]);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [outcome.reason as DomainError] : [],
    );
    expect(refused.map(fields)).toEqual([["iso3"]]);
  });
});

describe("memberships", () => {
  const period = (member: string, from: string | null, until: string | null = null) =>
    membershipInput.parse({ member, from, until, source: "A list" });

  it("of one member never overlap, also when two record at once", async () => {
    const outcomes = await Promise.allSettled([
      recordMembership(editor, "testers", period("DNK", "2000-01-01", "2010-12-31")),
      recordMembership(editor, "testers", period("DNK", "2010-12-31", "2012-12-31")),
    ]);
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === "rejected" ? [outcome.reason as DomainError] : [],
    );
    expect(refused.map(({ code }) => code)).toEqual(["INVALID"]);
    expect(refused.map(fields)).toEqual([["from"]]);
    expect((await periodsOf(reader, (await getActor(reader, "testers")).id)).length).toBe(1);
  });

  it("end, are corrected and removed from a version, each with its event", async () => {
    const made = await recordMembership(editor, "testers", period("NOR", "2000-01-01"));
    const ended = await reviseMembership(editor, "testers", made.id, 1, { until: "2009-12-31" });
    const again = await recordMembership(editor, "testers", period("NOR", "2010-01-01"));
    const overlapping = await refusal(reviseMembership(editor, "testers", again.id, 1, { from: "2009-12-31" }));
    expect(fields(overlapping)).toEqual(["from"]);
    expect((await refusal(reviseMembership(editor, "testers", made.id, 1, { note: "x" }))).code).toBe("STALE");
    expect((await refusal(removeMembership(editor, "testers", made.id, 1, "Mistake"))).current).toEqual(ended);
    expect((await refusal(removeMembership(editor, "nordic", made.id, 2, "Mistake"))).code).toBe("NOT_FOUND");
    await removeMembership(editor, "testers", made.id, 2, "Mistake");
    expect(await audited(made.id)).toEqual(["membership.recorded", "membership.revised", "membership.removed"]);
    const [event] = await database.sql<{ before: unknown; after: unknown; reason: string }>(
      "select before, after, reason from audit_event where subject_id = $1 order by id desc limit 1",
      [made.id],
    );
    expect(event).toEqual({
      before: {
        group: "testers",
        member: "NOR",
        from: "2000-01-01",
        until: "2009-12-31",
        knownOn: null,
        source: "A list",
        note: null,
      },
      after: null,
      reason: "Mistake",
    });
  });

  it("are read as of one moment", async () => {
    const days = await snapshot(reader, async (tx) => {
      const day = await today(tx);
      const before = (await membersOn(tx, "testers", day)).total;
      await recordMembership(editor, "testers", period("ISL", "2000-01-01"));
      return [before, (await membersOn(tx, "testers", day)).total];
    });
    expect(days[0]).toBe(days[1]);
  });
});
