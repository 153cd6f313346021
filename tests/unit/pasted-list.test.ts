import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readList, type PastedLine } from "@/features/actors/rules/pasted-list";
import { shippedBook } from "@/tests/support/names";

const book = shippedBook();

/** Whom lines name, "?" where it has to be asked; "-" when they name nobody. */
function named(lines: readonly PastedLine[]): string {
  return lines.map(({ meaning }) => meaning.actorId ?? "?").join(", ") || "-";
}

describe("a list of another style than those that the reading was made for", () => {
  const cases = readFileSync(new URL("../fixtures/pasted/held-out.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" => ") as [string, string]);
  const read = cases.map(([text, wanted]) => ({ text, wanted, got: named(readList(text, book)) }));

  it("names nobody wrongly", () => {
    expect(read.filter(({ wanted, got }) => got !== wanted && got !== "?")).toEqual([]);
  });

  it("needs no choice for 97 of a hundred of its speakers", () => {
    const speakers = read.filter(({ wanted }) => wanted !== "-" && wanted !== "?");
    const understood = speakers.filter(({ wanted, got }) => got === wanted);
    expect(understood.length / speakers.length).toBeGreaterThanOrEqual(0.97);
  });
});
