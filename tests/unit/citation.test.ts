import { describe, expect, it } from "vitest";
import { citationOf } from "@/lib/citation";

describe("a citation", () => {
  it("names what it cites, under which conditions, and when it was read", () => {
    const cited = citationOf({
      title: "States represented at the 2017 dialogue",
      conditions: ["Own voice and groups", "as of 6 Sep 2017"],
      read: "2026-03-01",
    });
    expect(cited).toBe(
      "States represented at the 2017 dialogue. In: Rostrum, the record of who spoke, for whom, and where they stand." +
        " Own voice and groups; as of 6 Sep 2017. Read on 1 Mar 2026.",
    );
  });

  it("says nothing of conditions where there are none", () => {
    expect(citationOf({ title: "The codebook", read: "2026-03-01" })).toMatch(/they stand\. Read on 1 Mar 2026\.$/);
  });
});
