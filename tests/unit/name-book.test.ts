import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldName } from "@/features/actors/rules";
import { readList } from "@/features/actors/rules/pasted-list";
import { SHIPPED, SHIPPED_NAMES, shippedBook } from "@/tests/support/names";

const book = shippedBook();
const STATES = new Set(
  SHIPPED.filter(({ kind }) => kind === "member_state" || kind === "observer").map(({ id }) => id),
);
const NAMES = SHIPPED_NAMES.filter(({ actorId }) => STATES.has(actorId));

/** Every actor that is called exactly so. */
const called = new Map<string, Set<string>>();
for (const { name, actorId } of SHIPPED_NAMES) {
  const folded = foldName(name);
  called.set(folded, (called.get(folded) ?? new Set()).add(actorId));
}

/** The one actor that a paste of one name means; or those that it asks about. */
function read(text: string): { certain: string | null; asked: string[] } {
  const [only, ...more] = readList(text, book);
  if (!only || more.length > 0)
    return { certain: null, asked: [only, ...more].flatMap((one) => one?.meaning.candidates ?? []) };
  return { certain: only.meaning.actorId, asked: only.meaning.candidates };
}

const withoutAccents = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");

/** The spellings of a name that must mean the same. */
const SPELLINGS: readonly [string, (name: string) => string][] = [
  ["as it is", (name) => name],
  ["in capitals", (name) => name.toUpperCase()],
  ["in small letters", (name) => name.toLowerCase()],
  ["without accents", withoutAccents],
  ["with the article", (name) => `the ${name}`],
  ["numbered", (name) => `12. ${name}`],
  ["as a bullet", (name) => `•\t${name}`],
];

describe("every name of every state", () => {
  it.each(SPELLINGS)("%s: means its state or is asked with it, never another", (_, spell) => {
    const wrong = NAMES.filter(({ name, actorId }) => {
      const { certain, asked } = read(spell(name));
      if (certain === actorId) return false;
      return certain !== null || !asked.includes(actorId);
    });
    expect(wrong.map(({ name }) => `${spell(name)} → ${JSON.stringify(read(spell(name)))}`)).toEqual([]);
  });
});

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** One wrong letter: another, one too few, one too many, two swapped. */
const slip = fc.record({
  kind: fc.constantFrom("other", "missing", "added", "swapped"),
  at: fc.nat(200),
  letter: fc.constantFrom(...LETTERS.split("")),
});

function slipped(name: string, { kind, at, letter }: { kind: string; at: number; letter: string }): string {
  const letters = name.split("");
  const place = at % letters.length;
  const next = letters[place + 1];
  if (kind === "other") letters[place] = letter;
  else if (kind === "missing") letters.splice(place, 1);
  else if (kind === "added") letters.splice(place, 0, letter);
  else if (next !== undefined) letters.splice(place, 2, next, letters[place] ?? "");
  return letters.join("");
}

describe("one wrong letter", () => {
  it("is understood or asked with the right state among the choices, never taken for another", () => {
    // Of initials, one wrong letter leaves nothing to go by.
    const latin = NAMES.filter(
      ({ name }) => /^[\p{Script=Latin}\P{L}]{4,}$/u.test(name) && !/^[A-Z.]{2,6}$/.test(name),
    );
    fc.assert(
      fc.property(fc.constantFrom(...latin), slip, ({ name, actorId }, how) => {
        const text = slipped(name, how);
        // The slip may be the name of somebody else: "Irak" of Iran, "Mali" of Malia.
        const others = called.get(foldName(text));
        if (others && !others.has(actorId)) return;
        const { certain, asked } = read(text);
        if (certain !== null) expect(`${text}: ${certain}`).toBe(`${text}: ${actorId}`);
        else expect(`${text}: ${asked.includes(actorId) ? actorId : asked.join(" ")}`).toBe(`${text}: ${actorId}`);
      }),
      { numRuns: 3000 },
    );
  });
});
