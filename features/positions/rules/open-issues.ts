import type { Day } from "@/features/actors/rules";
import { groupsOf, type DelegatingStatement, type OwnPosition, type Reached } from "@/features/positions/rules/settled";

/** Beginnings and ends of portions, each twice as large as the one before, and none with a part of a dialogue only. */
export function* portionsOf(
  delegating: readonly DelegatingStatement[],
  first: number,
): Generator<[from: number, to: number]> {
  let size = first;
  for (let from = 0; from < delegating.length; size *= 2) {
    let to = Math.min(from + size, delegating.length);
    while (to < delegating.length && delegating[to]?.at.dialogue === delegating[to - 1]?.at.dialogue) to += 1;
    yield [from, to];
    from = to;
  }
}

type Given = {
  /** All statements for others, the latest dialogue first. */
  delegating: readonly DelegatingStatement[];
  /** Whom each of them reaches, in the same order. */
  reach: readonly (readonly Reached[])[];
  /** Whose cells are asked for. */
  actors: readonly string[];
  issues: readonly string[];
  own: readonly OwnPosition[];
};

/**
 * Which issues older statements can still decide. The function that it returns is called each time that more statements have been
 * read, with all that were read so far (a beginning of `delegating`, ending with a whole dialogue): an issue is open when one of
 * the statements not yet read reaches an actor that has neither a position of a statement read nor a later one of its own.
 */
export function openIssues({
  delegating,
  reach,
  actors,
  issues,
  own,
}: Given): (read: readonly DelegatingStatement[]) => Set<string> {
  const wanted = new Set(actors);
  const left = new Map<string, number>();
  const answered = new Map<string, Set<string>>();
  const ownDays = latestDays(own);
  let done = 0;
  const partiesOf = (place: number): string[] => [
    ...(reach[place] ?? []).map(({ actorId }) => actorId),
    ...(delegating[place] ? groupsOf(delegating[place].statement) : []),
  ];
  delegating.forEach((_, place) => {
    for (const id of partiesOf(place)) if (wanted.has(id)) left.set(id, (left.get(id) ?? 0) + 1);
  });

  return (read) => {
    for (; done < read.length; done += 1) {
      for (const id of partiesOf(done)) {
        if (!wanted.has(id)) continue;
        left.set(id, (left.get(id) ?? 0) - 1);
        const known = answered.get(id) ?? new Set();
        answered.set(id, known);
        for (const { issueId } of read[done]?.positions ?? []) known.add(issueId);
      }
    }
    const next = delegating[done]?.at.day;
    if (next === undefined) return new Set();
    const isOpen = (id: string, issue: string) =>
      !answered.get(id)?.has(issue) && !((ownDays.get(`${id} ${issue}`) ?? "") > next);
    const reachable = [...left].flatMap(([id, count]) => (count > 0 ? [id] : []));
    return new Set(issues.filter((issue) => reachable.some((id) => isOpen(id, issue))));
  };
}

/** The latest day of an actor's positions on an issue, by both ids. */
function latestDays(own: readonly OwnPosition[]): Map<string, Day> {
  const days = new Map<string, Day>();
  for (const { actorId, issueId, at } of own) {
    const key = `${actorId} ${issueId}`;
    if ((days.get(key) ?? "") < at.day) days.set(key, at.day);
  }
  return days;
}
