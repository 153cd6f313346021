import { describe, expect, it } from "vitest";
import { parseRepresents } from "@/features/statements/schema";
import { uuid7 } from "@/lib/uuid7";

describe("the notation of represents", () => {
  it("reads what the README describes", () => {
    expect(parseRepresents("own; group:nordic; named:MEX; aligned:holy-see")).toEqual([
      { basis: "own" },
      { basis: "group", group: "nordic", exclude: [] },
      { basis: "named", actor: "MEX" },
      { basis: "aligned", actor: "holy-see" },
    ]);
    expect(parseRepresents("group:group-of-friends-r2p-SGP-LIE")).toEqual([
      { basis: "group", group: "group-of-friends-r2p", exclude: ["SGP", "LIE"] },
    ]);
  });

  it.each(["", "own;named:MEX", "group:", "group:Nordic", "named:", "own; ", "other:MEX", "group:nordic-sgp-SG"])(
    "does not read %j",
    (text) => {
      expect(parseRepresents(text)).toBeNull();
    },
  );
});

describe("uuid7", () => {
  it("makes ids of version 7 that differ and sort in the order in which they were made", () => {
    const ids = Array.from({ length: 10_000 }, uuid7);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
      true,
    );
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });
});
