import "server-only";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { findActorsByText } from "@/features/actors/queries/resolve";
import { foldName } from "@/features/actors/rules";
import type { DialogueDto } from "@/features/dialogues/queries";
import type { RepresentsInput, StatementForm } from "@/features/statements/schema";
import { reading, type Source } from "@/lib/db";
import { DomainError, type Issue } from "@/lib/errors";
import type { Day } from "@/lib/format";

/** A member of a group on one day, as the form lists it. */
export type MemberChoice = { ref: string; name: string; membershipKnown: boolean };

/** An actor as the form offers it. `typed` is what stands in the field: its name, or its code where others have the name too. */
export type ActorChoice = {
  ref: string;
  name: string;
  typed: string;
  /** All its codes and names, shared ones too, as `foldName` writes them: what type-ahead finds it by. */
  keys: string[];
};

/** What the statement form offers: every actor by name, and the members of every group on each day of the dialogue. */
export type FormChoices = {
  actors: ActorChoice[];
  /** Every group with all names that mean it and nobody else, as `foldName` writes them. */
  groups: { ref: string; names: string[] }[];
  /** By day, then by the group's ref. */
  members: Record<Day, Record<string, MemberChoice[]>>;
};

/** Later than any name ends: the name in use now. */
const NOW: Day = "9999-12-31";
const MOST_ACTORS = 5000;
const MOST_NAMES = 50_000;

type Known = { id: string; slug: string; iso2: string | null; iso3: string | null; kind: string };

/** Which actors a text may mean, as `findActorsByText` decides it: a code means one, a name all who have it. */
function meaningsOf(actors: Known[], names: { actorId: string; folded: string }[]): (text: string) => Set<string> {
  const codes = new Map<string, string>();
  const named = new Map<string, Set<string>>();
  for (const { id, iso2, iso3, kind } of actors) {
    if (iso3) codes.set(iso3, id);
    if (iso2 && kind === "regional_organization") codes.set(iso2, id);
  }
  for (const { actorId, folded } of names) named.set(folded, (named.get(folded) ?? new Set()).add(actorId));
  const slugs = new Map(actors.map(({ id, slug }) => [slug, id]));
  return (text) => {
    const coded = codes.get(text.toUpperCase());
    if (coded !== undefined) return new Set([coded]);
    const slug = slugs.get(text);
    return new Set([...(named.get(foldName(text)) ?? []), ...(slug === undefined ? [] : [slug])]);
  };
}

function membersBy(day: Day, groups: { id: string; ref: string }[], cast: Cast): Record<string, MemberChoice[]> {
  const membersOf = (groupId: string): MemberChoice[] =>
    cast.register
      .membersOn(groupId, day)
      .map(({ memberId, membershipKnown }) => ({
        ref: cast.brief(memberId).ref,
        name: cast.nameOn(memberId, day),
        membershipKnown,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, "en"));
  return Object.fromEntries(groups.map(({ id, ref }) => [ref, membersOf(id)]));
}

/** Reads the choices in a bounded number of queries; names are those valid on the dialogue's first day. */
export async function loadFormChoices(source: Source, dialogue: DialogueDto): Promise<FormChoices> {
  const db = reading(source);
  const known = await db.actor.findMany({
    where: { mergedIntoId: null },
    select: { id: true, slug: true, iso2: true, iso3: true, kind: true },
    take: MOST_ACTORS,
  });
  const names = await db.actorName.findMany({
    where: { actor: { mergedIntoId: null } },
    select: { actorId: true, folded: true },
    take: MOST_NAMES,
  });
  const cast = await loadCast(
    source,
    known.map(({ id }) => id),
  );
  const { parties } = cast.register;
  const groups = parties.filter(({ kind }) => kind === "group" || kind === "regional_organization");
  const meanings = meaningsOf(known, names);
  const isOnly = (id: string, text: string): boolean => {
    const meant = meanings(text);
    return meant.size === 1 && meant.has(id);
  };
  const keys = new Map(
    known.map(({ id, iso2, iso3, slug }) => [
      id,
      new Set([iso3, iso2, slug].flatMap((code) => (code ? [foldName(code)] : []))),
    ]),
  );
  for (const { actorId, folded } of names) keys.get(actorId)?.add(folded);
  const spellings = new Map(parties.map(({ id }) => [id, new Set<string>()]));
  for (const { actorId, folded } of names) if (isOnly(actorId, folded)) spellings.get(actorId)?.add(folded);
  for (const { id, iso2 } of known) if (iso2 && isOnly(id, iso2)) spellings.get(id)?.add(foldName(iso2));
  const days = [...new Set([dialogue.startsOn, ...dialogue.meetings.map(({ date }) => date)])];
  return {
    actors: parties
      .map(({ id, ref }) => {
        const name = cast.nameOn(id, dialogue.startsOn);
        return { ref, name, typed: isOnly(id, name) ? name : ref, keys: [...(keys.get(id) ?? [])] };
      })
      .sort((a, b) => a.name.localeCompare(b.name, "en")),
    groups: groups.map(({ id, ref }) => ({ ref, names: [...(spellings.get(id) ?? [])] })),
    members: Object.fromEntries(days.map((day) => [day, membersBy(day, groups, cast)])),
  };
}

/** A form whose typed names were understood. `rowOf` says for each of `represents` in which row of the form it was typed. */
export type ResolvedForm = { speaker: string; represents: RepresentsInput[]; rowOf: (number | null)[] };

/** What the typed names of a form stand for: references, or one issue per field that names nobody or several. */
export async function resolveForm(source: Source, form: StatementForm): Promise<ResolvedForm> {
  const rows = form.parties.flatMap((row, index) => (row.actor ? [{ ...row, actor: row.actor, index }] : []));
  const matches = await findActorsByText(source, [form.speaker, ...rows.map(({ actor }) => actor)]);
  const several = [...matches.values()].filter((found) => found.length > 1).flat();
  const cast = await loadCast(
    source,
    several.map(({ id }) => id),
  );
  const issues: Issue[] = [];
  function refOf(text: string, path: string[]): string {
    const found = matches.get(text) ?? [];
    if (found.length === 1 && found[0]) return found[0].ref;
    const message =
      found.length === 0
        ? `Nobody on record is called "${text}". Choose from the list, or record the actor first.`
        : `"${text}" may mean ${found.map(({ id, ref }) => `${cast.nameOn(id, NOW)} (${ref})`).join(" or ")}. Type the code of the one you mean.`;
    issues.push({ path, message });
    return text;
  }
  const speaker = refOf(form.speaker, ["speaker"]);
  const parties = rows.map(({ basis, actor, exclude, index }): RepresentsInput => {
    const ref = refOf(actor, ["parties", String(index), "actor"]);
    return basis === "group" ? { basis, group: ref, exclude } : { basis, actor: ref };
  });
  if (form.capacity === "own" && parties.length > 0) {
    issues.push({
      path: ["capacity"],
      message: "You list others below: say that the statement was delivered for them.",
    });
  }
  if (form.capacity !== "own" && parties.length === 0) {
    issues.push({ path: ["parties", "0", "actor"], message: "Say for whom the statement was delivered." });
  }
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
  const typed = rows.map(({ index }) => index);
  if (form.capacity === "others") return { speaker, represents: parties, rowOf: typed };
  return { speaker, represents: [{ basis: "own" }, ...parties], rowOf: [null, ...typed] };
}
