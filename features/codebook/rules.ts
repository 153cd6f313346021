import type { CrosswalkKind, IssueDto, IssueName, Reading } from "@/features/codebook/schema";
import { DomainError } from "@/lib/errors";

/** What a version did to one issue: `fromId` is null for an added one, `toId` for a retired one. */
export type Step = { kind: CrosswalkKind; fromId: string | null; toId: string | null };

/** That issues of a draft came from others by a split or a merge: noted when it is done, the rest is computed. */
export type Link = Step & { kind: "split" | "merged"; fromId: string; toId: string };

type Worded = Omit<IssueDto, "place">;

function isRenamed(a: Worded, b: Worded): boolean {
  return a.code !== b.code || a.title !== b.title;
}

function isRedefined(a: Worded, b: Worded): boolean {
  const meaning = ({ definition, include, exclude, examples, kind, period, source, scale }: Worded): string =>
    JSON.stringify([
      definition,
      include,
      exclude,
      examples,
      kind,
      period,
      source,
      scale.map((s) => [s.value, s.meaning]),
    ]);
  return meaning(a) !== meaning(b);
}

/**
 * The crosswalk from one version to the next: what happened to each issue. An issue that stays may be renamed, redefined, or
 * both; one that is gone was split, merged or retired; one that is new came from a split or merge or was added. Links count
 * only where the first issue is gone and the second is there.
 */
export function crosswalkOf(before: readonly Worded[], after: readonly Worded[], links: readonly Link[]): Step[] {
  const now = new Map(after.map((issue) => [issue.id, issue]));
  const known = new Set(before.map(({ id }) => id));
  const holding = links.filter(({ fromId, toId }) => known.has(fromId) && !now.has(fromId) && now.has(toId));
  const steps = before.flatMap((issue): Step[] => {
    const stays = now.get(issue.id);
    if (!stays) {
      const gone = holding.filter(({ fromId }) => fromId === issue.id);
      return gone.length > 0 ? gone : [{ kind: "retired", fromId: issue.id, toId: null }];
    }
    const changes: CrosswalkKind[] = [];
    if (isRenamed(issue, stays)) changes.push("renamed");
    if (isRedefined(issue, stays)) changes.push("redefined");
    return changes.map((kind) => ({ kind, fromId: issue.id, toId: issue.id }));
  });
  const linked = new Set(holding.map(({ toId }) => toId));
  const added = after.filter(({ id }) => !known.has(id) && !linked.has(id));
  return [...steps, ...added.map(({ id }): Step => ({ kind: "added", fromId: null, toId: id }))];
}

/** Whether a draft lists the issues that stay in another order. */
export function isReordered(before: readonly Worded[], after: readonly Worded[]): boolean {
  const stay = (list: readonly Worded[], other: readonly Worded[]): string =>
    list.flatMap(({ id }) => (other.some((one) => one.id === id) ? [id] : [])).join();
  return stay(before, after) !== stay(after, before);
}

/** A list with `back` put in again: each behind the nearest one that stands before it in `order` and is in the list, else first. */
export function putBack(list: readonly string[], back: readonly string[], order: readonly string[]): string[] {
  const result = [...list];
  for (const id of order.filter((one) => back.includes(one))) {
    const before = order.slice(0, order.indexOf(id)).findLast((one) => result.includes(one));
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  }
  return result;
}

/**
 * Under which issue the codings of a merged one are read: follows merges to their end, over several versions. Issues that were
 * never merged are absent.
 */
export function mergedInto(steps: readonly Step[]): Map<string, string> {
  const next = new Map(
    steps.flatMap(({ kind, fromId, toId }) => (kind === "merged" && fromId && toId ? [[fromId, toId] as const] : [])),
  );
  const end = (id: string): string => {
    let at = id;
    // No longer than there are merges: an issue cannot come after itself.
    for (let step = 0; step < next.size && next.has(at); step += 1) at = next.get(at) ?? at;
    return at;
  };
  return new Map([...next.keys()].map((id) => [id, end(id)]));
}

/** Refuses to publish a draft that says the same as the version before it. `number` is that version's. */
export function checkChanges(steps: readonly Step[], reordered: boolean, number: number): void {
  if (steps.length > 0 || reordered) return;
  throw new DomainError({
    code: "CONFLICT",
    message: `The draft says the same as version ${number}. Change something, or discard it.`,
  });
}

/** An issue under the name by which a version reads what was coded under it. */
export type ReadIssue = IssueName & {
  reading: Reading;
  /** Place in the version, from 1; null for an issue that it does not have. */
  place: number | null;
};

/** What a version of the codebook calls an issue. */
export type NamedIssue = IssueName & { version: number; place: number };

/** What issues are called, and under which one each is read, in a version. */
export type IssueReading = {
  /** Number of the version; null while none is published. */
  number: number | null;
  /**
   * An issue as the version reads it. One that it does not have, because it was retired or split before or came after, is called
   * what the nearest version calls it: the last one before, else the first one after. Throws for an id that no version has.
   */
  read(id: string): ReadIssue;
  /** The code of an issue in the version under which something was coded. */
  codeIn(id: string, version: number): string;
  /** Every issue that any version called so, and those that are read under one of them; empty when there is none. */
  idsOf(code: string): string[];
};

/** Reads issues by a version: `named` are their names in all versions, `merges` the merges up to it (`mergedInto`). */
export function readingOf(
  number: number | null,
  named: readonly NamedIssue[],
  merges: ReadonlyMap<string, string>,
): IssueReading {
  const names = new Map<string, NamedIssue[]>();
  for (const name of named.toSorted((a, b) => a.version - b.version)) {
    const known = names.get(name.id);
    if (known) known.push(name);
    else names.set(name.id, [name]);
  }
  const nearest = (id: string, version: number): NamedIssue => {
    const known = names.get(id) ?? [];
    const name = known.findLast((one) => one.version <= version) ?? known[0];
    if (!name) throw new Error(`No version of the codebook has issue ${id}.`);
    return name;
  };
  const newest = number ?? 0;
  return {
    number,
    read(id) {
      const under = merges.get(id) ?? id;
      const { code, title, version, place } = nearest(under, newest);
      if (version !== number) return { id: under, code, title, reading: "absent", place: null };
      return { id: under, code, title, reading: under === id ? "itself" : "merged", place };
    },
    codeIn: (id, version) => nearest(id, version).code,
    idsOf(code) {
      const called = new Set(named.flatMap((one) => (one.code === code ? [one.id] : [])));
      return [...names.keys()].filter((id) => called.has(id) || called.has(merges.get(id) ?? id));
    },
  };
}
