import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkChanges,
  crosswalkOf,
  isReordered,
  mergedInto,
  putBack,
  readingOf,
  type Link,
  type NamedIssue,
} from "@/features/codebook/rules";
import type { IssueDto } from "@/features/codebook/schema";
import { wordingInput } from "@/features/codebook/schema";

function issue(id: string, change: Partial<IssueDto> = {}): IssueDto {
  const texts = { definition: "D", include: null, exclude: null, examples: [], kind: null, period: null, source: null };
  return { id, code: id, title: id.toUpperCase(), place: 1, scale: [], ...texts, ...change };
}

const link = (kind: "split" | "merged", fromId: string, toId: string): Link => ({ kind, fromId, toId });

describe("the crosswalk", () => {
  it("says of each issue what became of it", () => {
    const before = ["a", "b", "c", "d", "e", "f", "g"].map((id) => issue(id));
    const after = [
      issue("a", { code: "a2" }),
      issue("b", { definition: "Other" }),
      issue("c1"),
      issue("c2"),
      issue("de"),
      issue("g", { title: "New", scale: [{ value: "support", meaning: "Yes" }] }),
      issue("h"),
    ];
    const links = [
      link("split", "c", "c1"),
      link("split", "c", "c2"),
      link("merged", "d", "de"),
      link("merged", "e", "de"),
    ];
    expect(crosswalkOf(before, after, links).map(({ kind, fromId, toId }) => [kind, fromId, toId])).toEqual([
      ["renamed", "a", "a"],
      ["redefined", "b", "b"],
      ["split", "c", "c1"],
      ["split", "c", "c2"],
      ["merged", "d", "de"],
      ["merged", "e", "de"],
      ["retired", "f", null],
      ["renamed", "g", "g"],
      ["redefined", "g", "g"],
      ["added", null, "h"],
    ]);
  });

  it("leaves nobody out: an issue that is gone has a row, one that is new has a row, and the same says nothing", () => {
    const ids = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"));
    const links = fc.array(
      fc.tuple(fc.constantFrom("split", "merged"), fc.constantFrom("a", "b", "c"), fc.constantFrom("d", "e", "f")),
    );
    fc.assert(
      fc.property(ids, ids, links, (old, now, linked) => {
        const [before, after] = [old.map((id) => issue(id)), now.map((id) => issue(id))];
        const steps = crosswalkOf(
          before,
          after,
          linked.map(([kind, from, to]) => link(kind as "split", from, to)),
        );
        for (const id of old) {
          if (!now.includes(id)) expect(steps.some(({ fromId }) => fromId === id)).toBe(true);
        }
        for (const id of now) {
          if (!old.includes(id)) expect(steps.some(({ toId }) => toId === id)).toBe(true);
        }
        for (const { fromId, toId } of steps) {
          if (fromId !== null) expect(old).toContain(fromId);
          if (toId !== null) expect(now).toContain(toId);
        }
        expect(crosswalkOf(before, before, [])).toEqual([]);
        expect(isReordered(before, before.toReversed())).toBe(old.length > 1);
      }),
    );
  });

  it("refuses to publish what changes nothing, but an order", () => {
    expect(() => checkChanges([], false, 3)).toThrow("The draft says the same as version 3.");
    expect(() => checkChanges([], true, 3)).not.toThrow();
  });
});

describe("merges", () => {
  it("lead over several versions to the last issue, and end", () => {
    const steps = [
      link("merged", "a", "b"),
      link("merged", "x", "b"),
      link("merged", "b", "c"),
      link("split", "c", "d"),
    ];
    expect([...mergedInto(steps)]).toEqual([
      ["a", "c"],
      ["x", "c"],
      ["b", "c"],
    ]);
    expect(mergedInto([link("merged", "a", "b"), link("merged", "b", "a")]).size).toBe(2);
  });
});

describe("putting back", () => {
  it("undoes leaving out, whatever was left out", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 })),
        fc.infiniteStream(fc.boolean()),
        (order, coin) => {
          const gone = order.filter(() => coin.next().value);
          expect(
            putBack(
              order.filter((id) => !gone.includes(id)),
              gone,
              order,
            ),
          ).toEqual(order);
        },
      ),
    );
  });
});

describe("the wording of an issue", () => {
  it("has a code that can be an address and all of the scale or nothing", () => {
    const wording = { code: "a", title: "T", definition: "D" };
    const paths = (change: object) =>
      (wordingInput.safeParse({ ...wording, ...change }).error?.issues ?? []).map(({ path }) => path[0]);
    for (const code of ["", "Formal", "1a", "a b", "a__b", "a_", "draft", "versions", "recode", "é", "a".repeat(61)]) {
      expect(paths({ code }), code).toContain("code");
    }
    expect(paths({ scale: [{ value: "support", meaning: "x" }] })).toEqual(["scale"]);
    expect(paths({ scale: [] })).toEqual([]);
    expect(paths({ title: "a\u0000b" })).toEqual(["title"]);
    expect(paths({ other: 1 })).toEqual([undefined]);
  });
});

describe("reading by a version", () => {
  const name = (id: string, version: number, code = id): NamedIssue => ({
    id,
    version,
    code,
    title: code.toUpperCase(),
    place: 1,
  });
  const merges = mergedInto([link("merged", "b", "bc"), link("merged", "c", "bc")]);
  const all = [
    ...[1, 2, 3].map((version) => name("a", version, version === 1 ? "a" : "a2")),
    ...[1, 2].flatMap((version) => [name("b", version), name("c", version)]),
    name("bc", 3),
    name("gone", 1),
    name("later", 3),
  ];

  it("calls an issue as the version does, or as the nearest version that has it", () => {
    const second = readingOf(2, all, new Map());
    expect(second.read("a")).toEqual({ id: "a", code: "a2", title: "A2", reading: "itself", place: 1 });
    expect(second.read("gone")).toMatchObject({ code: "gone", reading: "absent", place: null });
    expect(second.read("later")).toMatchObject({ code: "later", reading: "absent", place: null });
    expect(second.read("bc")).toMatchObject({ code: "bc", reading: "absent" });
    expect([second.codeIn("a", 1), second.codeIn("a", 3)]).toEqual(["a", "a2"]);
    expect(() => second.read("nobody")).toThrow("No version");
  });

  it("reads what was merged under the issue that it went into, and finds it by that", () => {
    const third = readingOf(3, all, merges);
    expect(third.read("b")).toMatchObject({ id: "bc", code: "bc", reading: "merged", place: 1 });
    expect(third.idsOf("bc").toSorted()).toEqual(["b", "bc", "c"]);
    expect(third.idsOf("b")).toEqual(["b"]);
    expect(third.idsOf("a")).toEqual(["a"]);
    expect(third.idsOf("nothing")).toEqual([]);
  });

  it("loses no issue: each is found by the code under which it is read", () => {
    const ids = fc.constantFrom("a", "b", "c", "d", "e");
    const names = fc.array(fc.record({ id: ids, version: fc.integer({ min: 1, max: 4 }) }), { minLength: 1 });
    const steps = fc.array(fc.tuple(ids, ids));
    fc.assert(
      fc.property(names, steps, fc.integer({ min: 1, max: 4 }), (named, merged, version) => {
        const known = named.map(({ id, version: of }) => name(id, of));
        const has = new Set(known.map(({ id }) => id));
        const links = merged.flatMap(([from, to]) => (from < to && has.has(to) ? [link("merged", from, to)] : []));
        const reading = readingOf(version, known, mergedInto(links));
        for (const id of has) {
          const read = reading.read(id);
          expect(reading.idsOf(read.code)).toContain(id);
          expect(read.place === null).toBe(read.reading === "absent");
          expect(known.some((one) => one.id === read.id && one.version === version)).toBe(read.place !== null);
        }
      }),
    );
  });
});
