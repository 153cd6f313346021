import "server-only";
import { findActorsByText, type NameMatch } from "@/features/actors/queries/resolve";
import { slugify } from "@/features/actors/rules";
import type { NewActor } from "@/features/actors/schema";
import { matchParticipants, representsOf, type MatchedLine } from "@/features/statements/queries/match";
import {
  CHOSEN,
  MOST_SHOWN,
  type ParticipantRow,
  type PasteForm,
  type PasteRow,
  type StatementRole,
} from "@/features/statements/schema";
import type { Caller } from "@/lib/auth/caller";
import type { Source } from "@/lib/db";
import { DomainError, invalid, type Issue } from "@/lib/errors";

/** A list as it was read, with what keeps it from being recorded. */
export type ReadList = { lines: MatchedLine[]; issues: Issue[]; message: string | null };

/** The lines of a list as somebody looks at them. Throws INVALID under `text` for a list without speakers, or with too many. */
export async function readPasted(
  caller: Caller<"statement:record">,
  dialogue: string,
  text: string,
): ReturnType<typeof matchParticipants> {
  const read = await matchParticipants(caller, dialogue, text);
  if (read.lines.length === 0) throw invalid("text", "No line of this names a speaker.");
  if (read.lines.length > MOST_SHOWN)
    throw invalid("text", `At most ${MOST_SHOWN} speakers at once: paste the list in parts.`);
  return read;
}

/** The list of a draft as it reads now; null when that is no list. */
export async function readDraft(
  caller: Caller<"statement:record">,
  dialogue: string,
  text: unknown,
): Promise<ReadList | null> {
  if (typeof text !== "string") return null;
  try {
    const { lines } = await readPasted(caller, dialogue, text);
    return { lines, issues: [], message: null };
  } catch (error) {
    if (error instanceof DomainError && error.code === "INVALID") return null;
    throw error;
  }
}

/** What a read list and the choices for its lines amount to. */
export type DecidedList = {
  rows: ParticipantRow[];
  /** For each of `rows` its place among the lines, where its issues belong. */
  lineOf: number[];
  actors: NewActor[];
  spellings: { actor: string; printed: string }[];
};

type Typed = (text: string, path: string[]) => string | null;

/** Finds who was typed for lines that name somebody else; issues go under the field. */
async function typedBy(source: Source, rows: readonly PasteRow[], issues: Issue[]): Promise<Typed> {
  const texts = rows.flatMap(({ choice, other }) => (choice === "other" && other ? [other] : []));
  const found = texts.length > 0 ? await findActorsByText(source, texts) : new Map<string, NameMatch[]>();
  return (text, path) => {
    const meant = found.get(text) ?? [];
    if (meant.length === 1 && meant[0]) return meant[0].ref;
    const several = meant.map(({ name, ref }) => `${name} (${ref})`).join(" or ");
    const message =
      meant.length === 0
        ? `Nobody on record is called "${text}". Choose from the list, or record a new actor.`
        : `"${text}" may mean ${several}. Type the code of the one you mean.`;
    issues.push({ path, message });
    return null;
  };
}

/** The new actor of a line, once for each name. */
function newActor(row: PasteRow, line: MatchedLine, known: NewActor[]): string {
  const name = row.name ?? line.printed;
  const slug = slugify(name);
  if (!known.some((actor) => actor.slug === slug))
    known.push({ kind: row.kind ?? "civil_society", name, slug, names: [] });
  return slug;
}

/**
 * What to record of a list by the choices for its lines. Throws INVALID under `rows.3.choice`, `rows.3.other` or
 * `rows.3.parties.p0` for each that is open or not understood.
 */
export async function decideList(source: Source, lines: readonly MatchedLine[], form: PasteForm): Promise<DecidedList> {
  const issues: Issue[] = [];
  const typed = await typedBy(source, form.rows, issues);
  const decided: DecidedList = { rows: [], lineOf: [], actors: [], spellings: [] };

  function speakerOf(row: PasteRow, line: MatchedLine, at: string): string | null {
    const { other } = row;
    // Without JavaScript whoever types a name may forget the button beside it.
    const choice = row.choice ?? (other === undefined ? "" : "other");
    if (choice.startsWith(CHOSEN)) return choice.slice(CHOSEN.length);
    if (choice === "new") return newActor(row, line, decided.actors);
    if (choice === "other") {
      if (other !== undefined) return typed(other, ["rows", at, "other"]);
      issues.push({ path: ["rows", at, "other"], message: `Type who "${line.printed}" is.` });
      return null;
    }
    issues.push({ path: ["rows", at, "choice"], message: `Line ${line.line}: choose who "${line.printed}" is.` });
    return null;
  }

  for (const [place, line] of lines.entries()) {
    const row = form.rows[place];
    if (!row || row.choice === "leave") continue;
    const speaker = speakerOf(row, line, String(place));
    const parties = line.parties.map((party, index) => {
      const choice = row.parties[`p${index}`];
      if (party.actor === null && choice === undefined) {
        issues.push({
          path: ["rows", String(place), "parties", `p${index}`],
          message: `Line ${line.line}: choose who "${party.printed}" is.`,
        });
      }
      const actor = party.actor ?? (choice?.startsWith(CHOSEN) ? choice.slice(CHOSEN.length) : null);
      if (party.actor === null && actor) decided.spellings.push({ actor, printed: party.printed });
      return { ...party, actor, basis: basisOf(party, actor) };
    });
    if (speaker === null) continue;
    if (speaker !== line.actor) decided.spellings.push({ actor: speaker, printed: line.printed });
    decided.lineOf.push(place);
    decided.rows.push({
      speaker,
      printed: line.printed.slice(0, 300),
      role: row.role ?? roleFor(line, row, speaker),
      meeting: form.meeting ?? null,
      person: line.person,
      represents: representsOf(speaker, line.own, parties),
    });
  }
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
  return decided;
}

/** A civil society organization that was chosen, or is new, makes no statement of a state. */
function roleFor(line: MatchedLine, { choice, kind }: PasteRow, speaker: string): StatementRole {
  const chosen = line.candidates.find(({ actor }) => actor === speaker)?.kind;
  const made = choice === "new" ? (kind ?? "civil_society") : undefined;
  return line.role === "statement" && (chosen ?? made) === "civil_society" ? "civil_society" : line.role;
}

/** A chosen actor stands for its members when it is a group or an organization. */
function basisOf({ candidates, basis }: MatchedLine["parties"][number], actor: string | null) {
  const chosen = candidates.find((candidate) => candidate.actor === actor);
  if (!chosen) return basis;
  return chosen.kind === "group" || chosen.kind === "regional_organization" ? "group" : "named";
}
