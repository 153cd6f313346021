import type { Participation } from "@/features/figures/schema";

/** How a state took part in a dialogue, by the routes that count it there; `isMember` on the dialogue's day, or an observer. */
export function participationOf(routes: readonly string[], isMember: boolean): Participation {
  if (!isMember) return "not_a_member";
  if (routes.includes("own")) return "own";
  return routes.length > 0 ? "covered" : "neither";
}

/** Numbers of dialogues from one to another, both included. */
export type SpokeClass = { from: number; until: number };

/** The classes of a map by at how many of so many dialogues a state spoke: none of them, then each quarter of their number. */
export function spokeClasses(dialogues: number): SpokeClass[] {
  const quarters = [1, 2, 3, 4].map((quarter) => Math.ceil((dialogues * quarter) / 4));
  const classes = quarters.map((until, place) => ({ from: (quarters[place - 1] ?? 0) + 1, until }));
  return [{ from: 0, until: 0 }, ...classes.filter(({ from, until }) => from <= until)];
}

/** "5-8", as an address has it; "5" where both are the same. */
export function spokeKey({ from, until }: SpokeClass): string {
  return from === until ? String(from) : `${from}-${until}`;
}
