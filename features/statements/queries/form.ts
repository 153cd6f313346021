import "server-only";
import { loadCast } from "@/features/actors/queries/register";
import { findActorsByText } from "@/features/actors/queries/resolve";
import type { DialogueDto } from "@/features/dialogues/queries";
import type { RepresentsInput, StatementForm } from "@/features/statements/schema";
import { reading, type Source } from "@/lib/db";
import { DomainError, type Issue } from "@/lib/errors";
import type { Day } from "@/lib/format";

/** A member of a group on one day, as the form lists it. */
export type MemberChoice = { ref: string; name: string; membershipKnown: boolean };

/** What the statement form offers: every actor by name, and the members of every group on each day of the dialogue. */
export type FormChoices = {
  actors: { value: string; label: string }[];
  groups: { ref: string; name: string }[];
  /** By day, then by the group's ref. */
  members: Record<Day, Record<string, MemberChoice[]>>;
};

/** Reads the choices in a bounded number of queries; names are those valid on the dialogue's first day. */
export async function loadFormChoices(source: Source, dialogue: DialogueDto): Promise<FormChoices> {
  const everyone = await reading(source).actor.findMany({ select: { id: true }, take: 5000 });
  const cast = await loadCast(
    source,
    everyone.map(({ id }) => id),
  );
  const { parties, membersOn } = cast.register;
  const groups = parties.filter(({ kind }) => kind === "group" || kind === "regional_organization");
  const days = new Set([dialogue.startsOn, ...dialogue.meetings.map(({ date }) => date)]);
  const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, "en");
  const members = Object.fromEntries(
    [...days].map((day) => [
      day,
      Object.fromEntries(
        groups.map((group) => [
          group.ref,
          membersOn(group.id, day)
            .map(({ memberId, membershipKnown }) => ({
              ref: cast.brief(memberId).ref,
              name: cast.nameOn(memberId, day),
              membershipKnown,
            }))
            .sort(byName),
        ]),
      ),
    ]),
  );
  return {
    actors: parties
      .map(({ id, ref }) => ({ value: cast.nameOn(id, dialogue.startsOn), label: ref }))
      .sort((a, b) => a.value.localeCompare(b.value, "en")),
    groups: groups.map(({ id, ref }) => ({ ref, name: cast.nameOn(id, dialogue.startsOn) })).sort(byName),
    members,
  };
}

/** A form whose typed names were understood. `rowOf` says for each of `represents` in which row of the form it was typed. */
export type ResolvedForm = { speaker: string; represents: RepresentsInput[]; rowOf: (number | null)[] };

/** What the typed names of a form stand for: references, or one issue per field that names nobody or several. */
export async function resolveForm(source: Source, form: StatementForm): Promise<ResolvedForm> {
  const rows = form.parties.flatMap((row, index) => (row.actor ? [{ ...row, actor: row.actor, index }] : []));
  const matches = await findActorsByText(source, [form.speaker, ...rows.map(({ actor }) => actor)]);
  const issues: Issue[] = [];
  function refOf(text: string, path: string[]): string {
    const found = matches.get(text) ?? [];
    if (found.length === 1 && found[0]) return found[0].ref;
    const message =
      found.length === 0
        ? `Nobody on record is called "${text}". Choose from the list, or record the actor first.`
        : `"${text}" may mean ${found.map(({ name, ref }) => `${name} (${ref})`).join(" or ")}. Type the code of the one you mean.`;
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

/** The groups that were typed, by what was typed, so that the form can list their members. Unknown names are absent. */
export async function findTypedGroups(source: Source, texts: string[]): Promise<Record<string, string>> {
  const matches = await findActorsByText(source, texts);
  return Object.fromEntries(
    [...matches].flatMap(([text, found]) => (found.length === 1 && found[0] ? [[text, found[0].ref]] : [])),
  );
}
