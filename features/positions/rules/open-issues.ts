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

/** What the statements read so far leave to the others. */
type Open = {
  /** Statements were read, with their positions on the issues that were open: the next ones of `delegating`, to the end of a dialogue. */
  note(read: readonly DelegatingStatement[]): void;
  /** The issues on which the statement at this place can still decide a cell. */
  issuesOf(place: number): ReadonlySet<string>;
};

/**
 * Which issues older statements can still decide: those on which an actor that the statement reaches has neither a position of a
 * statement read before it, of a later dialogue, nor a later one of its own.
 */
export function openIssues({ delegating, reach, actors, issues, own }: Given): Open {
  const ownDays = latestDays(own);
  const answered = new Map(actors.map((id) => [id, new Set<string>()]));
  let done = 0;
  let open = new Map<string, Set<string>>();

  const partiesOf = (place: number): string[] => [
    ...(reach[place] ?? []).map(({ actorId }) => actorId),
    ...(delegating[place] ? groupsOf(delegating[place].statement) : []),
  ];
  function look(): void {
    const next = delegating[done]?.at.day ?? "";
    const isOpen = (id: string, known: Set<string>) => (issue: string) =>
      !known.has(issue) && (ownDays.get(`${id} ${issue}`) ?? "") <= next;
    open = new Map([...answered].map(([id, known]) => [id, new Set(issues.filter(isOpen(id, known)))]));
  }
  look();

  return {
    note(read) {
      read.forEach(({ positions }, place) => {
        for (const id of partiesOf(done + place)) {
          const known = answered.get(id);
          if (known) for (const { issueId } of positions) known.add(issueId);
        }
      });
      done += read.length;
      look();
    },
    issuesOf(place) {
      const found = new Set<string>();
      for (const id of partiesOf(place)) for (const issue of open.get(id) ?? []) found.add(issue);
      return found;
    },
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
