import "server-only";
import { createHash } from "node:crypto";
import { findActorsAlike, loadNameBook } from "@/features/actors/queries/match";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { foldName, type ActorKind } from "@/features/actors/rules";
import type { MatchKind, NameBook } from "@/features/actors/rules/name-book";
import { countLines, readList, textsIn, type PastedLine } from "@/features/actors/rules/pasted-list";
import { isGroup, type PastedName } from "@/features/actors/rules/pasted-names";
import { getDialogue, type DialogueDto } from "@/features/dialogues/queries";
import type { RepresentsDto } from "@/features/statements/queries/statement";
import { MOST_ROWS, type StatementRole } from "@/features/statements/schema";
import { reading, snapshot, type Source } from "@/lib/db";
import type { Caller } from "@/lib/auth/caller";
import { invalid } from "@/lib/errors";
import type { Day } from "@/lib/format";

/** Somebody whom a printed name may mean. */
export type CandidateDto = { actor: string; name: string; kind: ActorKind; slug: string };

/** A name as printed, and whom it means. `actor` is null when somebody has to choose among `candidates`, or nobody is known. */
export type MatchedName = { printed: string; match: MatchKind; actor: string | null; candidates: CandidateDto[] };

/** For whom the statement was delivered, as the line says it: a group, a named actor, or a member that is left out. */
export type MatchedParty = MatchedName & { basis: "group" | "named"; excluded: boolean };

/** One speaker of a pasted list. */
export type MatchedLine = MatchedName & {
  /** Number of the line in the paste, from 1. A line that lists several speakers is there once for each. */
  line: number;
  /** The whole line. */
  text: string;
  role: StatementRole;
  person: { name: string; title: string | null } | null;
  /** As a statement takes it, of the parties that are certain; empty is own capacity. */
  represents: RepresentsDto[];
  /** Every party that the line names, uncertain ones too. */
  parties: MatchedParty[];
  /** Whether it says that the speaker spoke for itself too. */
  own: boolean;
  /** Another when anything that a reader of the line was shown is another, save its place in the paste. */
  key: string;
  /** The speaker has spoken already: in a statement on record, on an earlier line, or both. Null when not. */
  duplicateOf: { statement: string | null; line: number | null } | null;
};

const MOST_CANDIDATES = 6;

type Words = { book: NameBook; cast: Cast; alike: Map<string, string[]>; day: Day };

function candidatesOf({ printed, meaning }: PastedName, { cast, alike, day }: Words): CandidateDto[] {
  const more = meaning.actorId === null ? (alike.get(foldName(printed)) ?? []) : [];
  const ids = [...new Set([...meaning.candidates, ...more])].slice(0, MOST_CANDIDATES);
  return ids.map((id) => {
    const { ref, kind, slug } = cast.brief(id);
    return { actor: ref, name: cast.nameOn(id, day), kind, slug };
  });
}

function matchedName(name: PastedName, words: Words): MatchedName {
  const { printed, meaning } = name;
  const candidates = candidatesOf(name, words);
  const match = meaning.match === "none" && candidates.length > 0 ? "fuzzy" : meaning.match;
  return { printed, match, actor: meaning.actorId && words.cast.brief(meaning.actorId).ref, candidates };
}

function matchedParty(name: PastedName, excluded: boolean, words: Words): MatchedParty {
  const first = name.meaning.actorId ?? name.meaning.candidates[0];
  const named = first !== undefined && !isGroup({ ...name.meaning, actorId: first }, words.book);
  return { ...matchedName(name, words), basis: named && !excluded ? "named" : "group", excluded };
}

/** The parties that are certain, as a statement takes them. The speaker among the named speaks for itself. */
export function representsOf(
  speaker: string | null,
  own: boolean,
  parties: readonly Pick<MatchedParty, "actor" | "excluded" | "basis">[],
): RepresentsDto[] {
  const told = parties.filter(({ actor, excluded }) => actor !== null && !excluded);
  if (told.length === 0) return [];
  const exclude = parties.flatMap(({ actor, excluded }) => (excluded && actor !== null ? [actor] : []));
  const others = told.filter(({ actor }) => actor !== speaker);
  const self = own || others.length < told.length;
  const seen = new Set<string>();
  const rows = others.flatMap(({ actor, basis }): RepresentsDto[] => {
    if (actor === null || seen.has(actor)) return [];
    seen.add(actor);
    if (basis === "named") return [{ basis, actor }];
    return [
      { basis, group: actor, exclude: others.filter((one) => one.basis === "group").length === 1 ? exclude : [] },
    ];
  });
  return self ? [{ basis: "own" }, ...rows] : rows;
}

/** The role that goes with who speaks, where the line says none. */
function roleOf({ role, meaning }: PastedLine, book: NameBook): StatementRole {
  if (role !== null) return role;
  if (meaning.actorId === null) return "statement";
  const { kind } = book.actor(meaning.actorId);
  if (kind === "civil_society") return "civil_society";
  return kind === "un_office" ? "opening" : "statement";
}

async function spokenAt(source: Source, dialogueId: string): Promise<Map<string, string>> {
  const rows = await reading(source).statement.findMany({
    where: { dialogueId, withdrawnAt: null },
    select: { id: true, speakerId: true },
    orderBy: { order: "desc" },
  });
  return new Map(rows.map(({ id, speakerId }) => [speakerId, id]));
}

function linesOf(pasted: readonly PastedLine[], words: Words, spoken: ReadonlyMap<string, string>): MatchedLine[] {
  const earlier = new Map<string, number>();
  return pasted.map((one) => {
    const { line, text, person, own, meaning } = one;
    const matched = matchedName(one, words);
    const parties = [
      ...one.parties.map((party) => matchedParty(party, false, words)),
      ...one.except.map((party) => matchedParty(party, true, words)),
    ];
    const id = meaning.actorId;
    const duplicateOf = id === null ? null : { statement: spoken.get(id) ?? null, line: earlier.get(id) ?? null };
    const spoke = [duplicateOf?.statement != null, duplicateOf?.line != null];
    if (id !== null && !earlier.has(id)) earlier.set(id, line);
    const read = { text, ...matched, role: roleOf(one, words.book), person, own, parties };
    return {
      line,
      ...read,
      key: createHash("sha256")
        .update(JSON.stringify([read, spoke]))
        .digest("base64url")
        .slice(0, 16),
      represents: representsOf(matched.actor, own, parties),
      duplicateOf: duplicateOf?.statement || duplicateOf?.line ? duplicateOf : null,
    };
  });
}

/**
 * Whom the lines of a pasted list name, at a dialogue. Writes nothing; the number of queries does not depend on the paste.
 * Names are those of the dialogue's first day. Throws INVALID under `text` for more lines than one paste may have.
 */
export async function matchParticipants(
  caller: Caller<"statement:record">,
  ref: string,
  text: string,
): Promise<{ dialogue: DialogueDto; lines: MatchedLine[] }> {
  if (countLines(text) > MOST_ROWS) throw invalid("text", `At most ${MOST_ROWS} lines at once.`);
  return snapshot(caller, async (tx) => {
    const dialogue = await getDialogue(tx, ref);
    const book = await loadNameBook(tx, textsIn(text));
    const pasted = readList(text, book);
    const names = pasted.flatMap((one) => [one, ...one.parties, ...one.except]);
    const open = names.filter(({ meaning }) => meaning.actorId === null).map(({ printed }) => foldName(printed));
    const alike = await findActorsAlike(tx, open);
    const cast = await loadCast(tx, [
      ...names.flatMap(({ meaning }) => meaning.candidates),
      ...[...alike.values()].flat(),
    ]);
    const words = { book, cast, alike, day: dialogue.startsOn };
    return { dialogue, lines: linesOf(pasted, words, await spokenAt(tx, dialogue.id)) };
  });
}
