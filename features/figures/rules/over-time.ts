import { represented, speakers, type Counting, type PublishedTotal } from "@/features/figures/rules";
import { SILENT_LEAST, SILENT_WINDOW } from "@/features/figures/schema";
import { isCounted, type CountedStatement } from "@/features/statements/rules";

/**
 * How far the speakers of a dialogue are on record. `unrecorded`: no statement that counts is on record. `complete`: at least as many member states as the highest number that
 * somebody published. `incomplete`: fewer, so that every number counted from them is a lower bound. `unchecked`: nobody
 * published a number to compare with.
 */
export type Completeness = "complete" | "incomplete" | "unchecked" | "unrecorded";

/** One dialogue, to be counted among others. */
export type DialogueOverTime = {
  /** Any name that the caller knows it by. */
  dialogue: string;
  statements: readonly CountedStatement[];
  /** Totals published about the whole dialogue. */
  published: readonly PublishedTotal[];
};

/** What a dialogue amounts to among the others. Actors are ids, in the order of their refs. */
export type Participation = {
  dialogue: string;
  /** Member states that delivered a counted statement, in own capacity or not. */
  spoke: number;
  /** Member states represented, under the rule. */
  reached: string[];
  /** Member states that spoke in their own capacity. */
  ownVoice: string[];
  /** Those of `ownVoice` that are in it at no earlier dialogue. Null at the first one on record, where nothing is before. */
  firstTime: string[] | null;
  /**
   * Of the dialogues with anything on record: member states in `ownVoice` at the dialogue just before and at `SILENT_LEAST` or more of the `SILENT_WINDOW` before, and not
   * at this one: each silence begins once. Null while fewer than `SILENT_LEAST` are before, and where nothing is on record.
   */
  fellSilent: string[] | null;
  completeness: Completeness;
};

/** How far the speakers of a dialogue are on record, by the highest number published. */
export function completenessOf(spoke: number, published: readonly PublishedTotal[]): Completeness {
  const claims = published.filter(({ unit }) => unit === "member_states_spoke").map(({ value }) => value);
  if (claims.length === 0) return "unchecked";
  return spoke >= Math.max(...claims) ? "complete" : "incomplete";
}

/** Who spoke in own capacity just before a dialogue and at enough of those before it, and not there. */
export function fellSilent(before: readonly ReadonlySet<string>[], here: ReadonlySet<string>): string[] | null {
  if (before.length < SILENT_LEAST) return null;
  const window = before.slice(-SILENT_WINDOW);
  return [...(window.at(-1) ?? [])].filter(
    (id) => !here.has(id) && window.filter((voices) => voices.has(id)).length >= SILENT_LEAST,
  );
}

/**
 * Every dialogue beside those before it: how many spoke and are represented, who spoke for the first time, who fell silent.
 * The counting rule decides `represented` alone.
 * @param dialogues in time order
 */
export function participation(
  dialogues: readonly DialogueOverTime[],
  how: Pick<Counting, "register" | "rule" | "aligned">,
): Participation[] {
  const before: Set<string>[] = [];
  const heard = new Set<string>();
  return dialogues.map(({ dialogue, statements, published }): Participation => {
    const counting = { ...how, statements };
    const states = represented(counting).filter(({ kind }) => kind === "member_state");
    const spoke = speakers(counting).filter(({ kind }) => kind === "member_state").length;
    const own = new Set(states.filter(({ routes }) => routes.includes("own")).map(({ actorId }) => actorId));
    const counted = { dialogue, spoke, reached: states.map(({ actorId }) => actorId), ownVoice: [...own] };
    // Of a dialogue without a statement nobody knows who was silent: it stands in no comparison.
    if (!statements.some(isCounted)) {
      return { ...counted, firstTime: null, fellSilent: null, completeness: "unrecorded" };
    }
    const row: Participation = {
      ...counted,
      firstTime: before.length === 0 ? null : [...own].filter((id) => !heard.has(id)),
      fellSilent: fellSilent(before, own),
      completeness: completenessOf(spoke, published),
    };
    before.push(own);
    for (const id of own) heard.add(id);
    return row;
  });
}
