import "server-only";
import { findActorsAlike } from "@/features/actors/queries/match";
import { findActorsByText } from "@/features/actors/queries/resolve";
import { foldName } from "@/features/actors/rules";
import { memberStatesOn, type MemberOfDay } from "@/features/votes/queries/votes";
import { countVotes } from "@/features/votes/rules";
import type { Result, VoteForm, VoteValue } from "@/features/votes/schema";
import type { Tx } from "@/lib/db";

/** For so many names at most it is looked up whom they resemble. */
const MOST_UNCLEAR = 100;

/** A pasted row with the member state that it names; `actor` is null while that is not clear. */
export type ReadVote = {
  line: number;
  printed: string;
  value: VoteValue;
  actor: { ref: string; name: string } | null;
  /** Who may be meant, where it is not clear. */
  candidates: { ref: string; name: string }[];
};

/** A pasted roll call as it was understood; nothing is written. */
export type VotePreview = {
  rows: ReadVote[];
  problems: { line: number; message: string }[];
  /** How many rows there are of each value. */
  listed: Result;
  /** Members of that day whom no row names. */
  missing: string[];
};

type Printed = { line: number; printed: string; value: VoteValue };

function brief({ ref, name }: MemberOfDay): { ref: string; name: string } {
  return { ref, name };
}

/**
 * Whom the rows of a pasted roll call name, among the member states of its day: by code or any name, else as was chosen for the
 * name as printed. A name that several members share, or none has, is not decided.
 */
export async function readPasted(
  tx: Tx,
  { date, choices }: Pick<VoteForm, "date" | "choices">,
  { votes, problems }: { votes: readonly Printed[]; problems: VotePreview["problems"] },
): Promise<VotePreview> {
  const members = await memberStatesOn(tx, date);
  const byId = new Map(members.map((member) => [member.id, member]));
  const byRef = new Map(members.map((member) => [member.ref, member]));
  const chosen = new Map(choices.map(({ printed, actor }) => [printed, byRef.get(actor)]));
  const matches = await findActorsByText(
    tx,
    votes.map(({ printed }) => printed),
  );
  const meant = (printed: string): MemberOfDay[] => {
    const choice = chosen.get(printed);
    if (choice) return [choice];
    return (matches.get(printed) ?? []).flatMap(({ id }) => byId.get(id) ?? []);
  };
  const unclear = votes.flatMap(({ printed }) => (meant(printed).length === 0 ? [printed] : []));
  const alike = await findActorsAlike(tx, unclear.slice(0, MOST_UNCLEAR).map(foldName));
  const rows = votes.map(({ line, printed, value }): ReadVote => {
    const found = meant(printed);
    const [only] = found;
    if (only && found.length === 1) return { line, printed, value, actor: brief(only), candidates: [] };
    const others = found.length > 0 ? found : (alike.get(foldName(printed)) ?? []).flatMap((id) => byId.get(id) ?? []);
    return { line, printed, value, actor: null, candidates: others.map(brief) };
  });
  const named = new Set(rows.map(({ actor }) => actor?.ref));
  return {
    rows,
    problems,
    listed: countVotes(rows),
    missing: members.filter(({ ref }) => !named.has(ref)).map(({ name }) => name),
  };
}
