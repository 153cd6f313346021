import type { ActorChoice } from "@/features/statements/queries/form";
import type { StatementDto } from "@/features/statements/queries/statement";
import { foldName } from "@/features/statements/rules";
import { ROLE_NAMES, type StatementRole } from "@/features/statements/schema";
import type { Issue } from "@/lib/errors";
import { formatList, plural, type Day } from "@/lib/format";

/** The dialogue whose rows the grid edits. */
export type GridDialogue = {
  slug: string;
  startsOn: Day;
  meetings: { number: number; date: Day; label: string }[];
};

/** Somebody for whom a statement was delivered, by references. */
export type GridParty = StatementDto["represents"][number];

/** What the grid edits of a statement. The speaker as it is typed; the meeting by its number, "" when it is not known. */
export type GridFields = { speaker: string; parties: GridParty[]; role: StatementRole; meeting: string };

export const GRID_FIELDS = ["speaker", "parties", "role", "meeting"] as const;
export type GridField = (typeof GRID_FIELDS)[number];

export const GRID_LABELS: Record<GridField, string> = {
  speaker: "Speaker",
  parties: "For whom",
  role: "Role",
  meeting: "Meeting",
};

/** Actors as typed and as printed, looked up once. */
export type Names = {
  /** What is printed for a reference. */
  nameOf: (ref: string) => string;
  /** What stands in a field for a reference. */
  typedOf: (ref: string) => string;
  /** Everybody whom a typed text may mean. */
  meant: (text: string) => ActorChoice[];
};

export function namesOf(choices: readonly ActorChoice[]): Names {
  const byRef = new Map(choices.map((choice) => [choice.ref, choice]));
  return {
    nameOf: (ref) => byRef.get(ref)?.name ?? ref,
    typedOf: (ref) => byRef.get(ref)?.typed ?? ref,
    meant: (text) => {
      const coded = byRef.get(text.toUpperCase()) ?? byRef.get(text);
      if (coded) return [coded];
      const folded = foldName(text);
      return folded === "" ? [] : choices.filter(({ keys }) => keys.includes(folded));
    },
  };
}

/** A statement without anybody named is in own capacity; the grid shows that as no party at all. */
function withoutPlainOwn(represents: GridParty[]): GridParty[] {
  return represents.every(({ basis }) => basis === "own") ? [] : represents;
}

/** A statement on record as the grid edits it. */
export function fieldsOf(row: StatementDto, { typedOf }: Names): GridFields {
  return {
    speaker: typedOf(row.speaker),
    parties: withoutPlainOwn(row.represents),
    role: row.role,
    meeting: row.meeting === null ? "" : String(row.meeting),
  };
}

/** What a cell says that cannot be sent, in words. */
export type GridIssues = Partial<Record<GridField | "row", string>>;

type Sendable = { speaker: string; role: StatementRole; meeting: number | null; represents: GridParty[] };

/** The fields as the API takes them, or what keeps them from being sent. */
export function sendable({ speaker, parties, role, meeting }: GridFields, { meant }: Names): Sendable | GridIssues {
  const text = speaker.trim();
  if (text === "") return { speaker: "Name the speaker." };
  const [one, ...others] = meant(text);
  if (!one) {
    return { speaker: `Nobody on record is called "${text}". Choose from the list, or record the actor first.` };
  }
  if (others.length > 0) {
    const all = [one, ...others].map(({ name, ref }) => `${name} (${ref})`);
    return { speaker: `"${text}" may mean ${all.join(" or ")}. Type the code of the one you mean.` };
  }
  const represents = parties.length > 0 ? parties : [{ basis: "own" as const }];
  return { speaker: one.ref, role, meeting: meeting === "" ? null : Number(meeting), represents };
}

export function isSendable(result: Sendable | GridIssues): result is Sendable {
  return "represents" in result;
}

/** The errors of an answer, each under the cell that it is about. */
export function issuesByCell(errors: readonly Issue[]): GridIssues {
  const issues: GridIssues = {};
  for (const { path, message } of errors) {
    const head = path[0] === "represents" ? "parties" : path[0];
    const cell = GRID_FIELDS.find((field) => field === head) ?? "row";
    issues[cell] = issues[cell] === undefined ? message : `${issues[cell]} ${message}`;
  }
  return issues;
}

/** Signs before a name that say on what basis it is meant; without one a group is a group and anybody else is named. */
export const SIGNS = { without: "-", named: "+", aligned: "~", again: "=" } as const;

type Around = {
  names: Names;
  /** References of everybody who has members. */
  groups: ReadonlySet<string>;
  /** The members of each group on the day of the statement. */
  members: Record<string, { ref: string }[]>;
};

/**
 * The parties with one more as it is typed: "nordic", "-finland" (struck out of the group before), "+EU" (named, not its
 * members), "~albania" (aligned), "own". A sentence when it means nobody, several, or somebody who does not fit.
 */
export function withParty(
  parties: readonly GridParty[],
  typed: string,
  { names, groups, members }: Around,
): GridParty[] | string {
  const sign = Object.values(SIGNS).find((one) => typed.startsWith(one));
  const text = (sign === undefined ? typed : typed.slice(1)).trim();
  if (sign === undefined && ["own", "own capacity"].includes(foldName(text))) return once(parties, { basis: "own" });
  const [one, ...others] = names.meant(text);
  if (!one) return `Nobody on record is called "${text}".`;
  if (others.length > 0) {
    return `"${text}" may mean ${[one, ...others].map(({ name, ref }) => `${name} (${ref})`).join(" or ")}. Type the code.`;
  }
  if (sign === SIGNS.without) return without(parties, one.ref, { names, groups, members });
  if (sign === SIGNS.aligned) return once(parties, { basis: "aligned", actor: one.ref });
  if (sign === SIGNS.named || !groups.has(one.ref)) return once(parties, { basis: "named", actor: one.ref });
  return once(parties, { basis: "group", group: one.ref, exclude: [] });
}

function once(parties: readonly GridParty[], party: GridParty): GridParty[] | string {
  const key = (one: GridParty) =>
    JSON.stringify([one.basis, "group" in one ? one.group : "actor" in one ? one.actor : ""]);
  if (parties.some((one) => key(one) === key(party))) return "This is already listed.";
  return [...parties, party];
}

function without(parties: readonly GridParty[], ref: string, { names, members }: Around): GridParty[] | string {
  const at = parties.findLastIndex(({ basis }) => basis === "group");
  const group = parties[at];
  if (group?.basis !== "group") return "Name the group first, then who is struck out of it.";
  if (!members[group.group]?.some((member) => member.ref === ref)) {
    return `${names.nameOf(ref)} was not a member of ${names.nameOf(group.group)} on that day.`;
  }
  if (group.exclude.includes(ref)) return "This is already listed.";
  return parties.with(at, { ...group, exclude: [...group.exclude, ref].sort() });
}

/** The parties without the last thing that was added: who is struck out of the last group, or the last party. */
export function withoutLast(parties: readonly GridParty[]): GridParty[] {
  const last = parties.at(-1);
  const rest = parties.slice(0, -1);
  if (last?.basis === "group" && last.exclude.length > 0)
    return [...rest, { ...last, exclude: last.exclude.slice(0, -1) }];
  return rest;
}

/** One party in words: "Nordic countries without Finland", "aligned: Albania". */
export function partyInWords(party: GridParty, { nameOf }: Names): string {
  if (party.basis === "own") return "own capacity";
  if (party.basis !== "group") return `${party.basis}: ${nameOf(party.actor)}`;
  const name = nameOf(party.group);
  return party.exclude.length > 0 ? `${name} without ${formatList(party.exclude.map(nameOf).sort())}` : name;
}

/** Whom a statement was delivered for, in words. */
export function partiesInWords(parties: readonly GridParty[], names: Names): string {
  return parties.length === 0 ? "own capacity" : parties.map((party) => partyInWords(party, names)).join("; ");
}

/** Whom a statement covers: "27 states + 1 observer". */
export function coverageInWords({ covers }: Pick<StatementDto, "covers">): string {
  const parts = [
    covers.states > 0 ? plural(covers.states, "state", "states") : null,
    covers.observers > 0 ? plural(covers.observers, "observer", "observers") : null,
    covers.organizations > 0 ? plural(covers.organizations, "organization", "organizations") : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(" + ") : "nobody";
}

function inWords(field: GridField, fields: GridFields, names: Names): string {
  if (field === "parties") return partiesInWords(fields.parties, names);
  if (field === "role") return ROLE_NAMES[fields.role];
  if (field === "meeting") return fields.meeting === "" ? "not known" : `meeting ${fields.meeting}`;
  return fields.speaker;
}

export type GridDifference = { field: GridField; label: string; mine: string; theirs: string };

/** Where two versions of a row differ, in words. */
export function differences(mine: GridFields, theirs: GridFields, names: Names): GridDifference[] {
  return GRID_FIELDS.map((field) => ({
    field,
    label: GRID_LABELS[field],
    mine: inWords(field, mine, names),
    theirs: inWords(field, theirs, names),
  })).filter((one) => one.mine !== one.theirs);
}
