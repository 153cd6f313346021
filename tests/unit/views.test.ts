import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalAddress, LONGEST_ADDRESS, PAGES_WITH_VIEWS } from "@/features/views/schema";

describe("the address of a view", () => {
  test.each([
    ["/positions", "/positions"],
    ["/positions?group=nordic&asOf=2017-09-06", "/positions?asOf=2017-09-06&group=nordic"],
    ["/positions?asOf=2017-09-06&group=nordic#row-3", "/positions?asOf=2017-09-06&group=nordic"],
    ["/states?q=c%C3%B4te&region=", "/states?q=c%C3%B4te"],
    ["/search?q=veto+restraint", "/search?q=veto+restraint"],
    ["/dialogues/unga-r2p-2017?act=1&recorded=2&kind=observer", "/dialogues/unga-r2p-2017?kind=observer"],
    ["/dialogues/unga-r2p-2017?columns=role&columns=basis", "/dialogues/unga-r2p-2017?columns=role&columns=basis"],
    ["/dialogues/x/../unga-r2p-2017", "/dialogues/unga-r2p-2017"],
    ["/positions/DNK/formal_agenda", "/positions/DNK/formal_agenda"],
  ])("%s is kept as %s", (given, canonical) => {
    expect(canonicalAddress(given)).toBe(canonical);
  });

  test.each([
    "",
    "positions",
    "//example.org/positions",
    "///example.org",
    "/\\example.org",
    "/positions\\..",
    "https://example.org/positions",
    "javascript:alert(1)",
    "/positions\n",
    "/ positions",
    "/api/v1/actors",
    "/sign-in?next=/positions",
    "/set-up/secret",
    "/account",
    "/dialogues/new",
    "/states/new",
    "/codebook/draft",
    "/dialogues/unga-r2p-2017/edit",
    "/dialogues//represented",
    "/positions/../api/v1/actors",
    "/positions/%2e%2e/%2e%2e/account",
    "/positions?q=\ud800",
  ])("%j is none", (given) => {
    expect(canonicalAddress(given)).toBeNull();
  });

  test("is not longer than what is kept", () => {
    const long = (length: number) => `/positions?q=${"x".repeat(length - "/positions?q=".length)}`;
    expect(canonicalAddress(long(LONGEST_ADDRESS))).toHaveLength(LONGEST_ADDRESS);
    expect(canonicalAddress(long(LONGEST_ADDRESS + 1))).toBeNull();
  });

  test("never leads to another site, and is its own canonical form", () => {
    const piece = fc.constantFrom(
      "/",
      "\\",
      ":",
      "?",
      "#",
      "&",
      "=",
      ".",
      "@",
      "%",
      "//",
      "positions",
      "states",
      "example.org",
      "javascript",
      "2f",
      "\t",
    );
    const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom("/positions", "/states/", "/search?q=", "/", ""), text, (start, parts) => {
        const canonical = canonicalAddress(start + parts.join(""));
        if (canonical === null) return;
        expect(new URL(canonical, "https://rostrum.example.org").origin).toBe("https://rostrum.example.org");
        expect(canonical).toMatch(/^\/[a-z]/);
        expect(canonicalAddress(canonical)).toBe(canonical);
      }),
    );
  });

  test("reads the same whatever the order of its parameters", () => {
    const params = fc.uniqueArray(fc.tuple(fc.constantFrom("q", "group", "region", "sort", "asOf"), fc.string()), {
      selector: ([name]) => name,
    });
    fc.assert(
      fc.property(params, (given) => {
        const of = (some: [string, string][]) => canonicalAddress(`/states?${new URLSearchParams(some)}`);
        expect(of(given.toReversed())).toBe(of(given));
      }),
    );
  });

  test("is that of a page that there is", () => {
    const known: Record<string, string> = {
      "/codebook/*": "codebook/[code]",
      "/groups/*": "groups/[ref]",
      "/positions/*": "positions/[actor]",
      "/positions/*/*": "positions/[actor]/[issue]",
      "/reports/*": "reports/[slug]",
      "/states/*": "states/[ref]",
      "/states/*/dialogues": "states/[ref]/dialogues",
      "/votes/*": "votes/[ref]",
    };
    const missing = PAGES_WITH_VIEWS.filter((page) => {
      const folder = known[page] ?? page.slice(1).replace("dialogues/*", "dialogues/[slug]");
      return !existsSync(`app/(workspace)/${folder}/page.tsx`);
    });
    expect(missing).toEqual([]);
  });
});
