import { describe, expect, it } from "vitest";
import { samePath, signInPath } from "@/lib/auth/paths";
import { hashPassword, passwordMatches, passwordProblem } from "@/lib/auth/password";
import { PERMISSIONS, ROLES, holds, type Permission } from "@/lib/auth/permissions";
import { hashOfSecret, isSecret, newSecret } from "@/lib/auth/secret";
import { networkOf } from "@/lib/auth/throttle";

describe("where sign-in leads", () => {
  it.each(["/dialogues", "/dialogues/unga-r2p-2017?rule=own_voice&sort=name", "/a%20b", "/%2F%2Fexample.org"])(
    "keeps a path of this site: %s",
    (path) => expect(samePath(path)).toBe(path),
  );

  it.each([
    null,
    "",
    "dialogues",
    "https://example.org/",
    "//example.org",
    "/\\example.org",
    "\\\\example.org",
    "/\t/example.org",
    "/a/..//example.org",
    "/./\\example.org",
    "javascript:alert(1)",
    "/sign-in",
    "/sign-in?next=/sign-in",
    "/a\nb",
    `/${"a".repeat(3000)}`,
  ])("leads home instead of to %j", (next) => expect(samePath(next)).toBe("/"));

  it("carries the path to the sign-in page, but not the front page", () => {
    expect(signInPath("/dialogues?q=a&b=c")).toBe("/sign-in?next=%2Fdialogues%3Fq%3Da%26b%3Dc");
    expect(signInPath("/")).toBe("/sign-in");
    expect(signInPath("//example.org")).toBe("/sign-in");
  });
});

describe("passwords", () => {
  const owner = { email: "analyst.one@example.org", name: "Analyst One" };

  it("are kept as argon2id with at least 19 MiB and 2 passes", async () => {
    const stored = await hashPassword("correct horse battery staple");
    const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/.exec(stored) ?? [];
    expect(Number(memory)).toBeGreaterThanOrEqual(19 * 1024);
    expect(Number(passes)).toBeGreaterThanOrEqual(2);
    expect(await passwordMatches(stored, "correct horse battery staple")).toBe(true);
    expect(await passwordMatches(stored, "correct horse battery stable")).toBe(false);
  });

  it("are the same however the keyboard composes a letter", async () => {
    expect(await passwordMatches(await hashPassword("cafe\u0301 on the corner"), "caf\u00e9 on the corner")).toBe(true);
  });

  it("never match an account that has none", async () => {
    expect(await passwordMatches(null, "")).toBe(false);
    expect(await passwordMatches(null, "correct horse battery staple")).toBe(false);
  });

  it.each([
    ["short", "elevenchars"],
    ["common", "password1234"],
    ["common, repeated", "passwordpassword"],
    ["digits in a row", "123456789012"],
    ["a keyboard row", "qwertyuiop12"],
    ["one letter", "aaaaaaaaaaaa"],
    ["common, disguised", "P@ssw0rd1234"],
    ["the e-mail", "analyst.one@example.org"],
    ["the e-mail and a little more", "analyst.one@example.org!9"],
    ["the name", "Analyst One 2024"],
    ["too long", "a1 ".repeat(67)],
    ["half a character", "correct horse \ud800 staple"],
  ])("are refused when they are %s", async (_, password) => {
    expect(await passwordProblem(password, owner)).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    "correct horse battery staple",
    "a-good-long-password",
    "Wörter ohne Bezug 7",
    "x7#Kq!m2Zp&4",
    "analyst in the rain coat",
  ])("may be chosen: %s", async (password) => expect(await passwordProblem(password, owner)).toBeNull());
});

describe("addresses", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:DB8:1:2::9", "2001:db8:1:2"],
    ["2001:db8::9", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    [null, "unknown"],
  ])("%s counts as %s", (address, network) => expect(networkOf(address)).toBe(network));
});

describe("secrets", () => {
  it("have 256 bits, no two alike, and are kept as SHA-256", () => {
    const secrets = new Set(Array.from({ length: 100 }, newSecret));
    expect(secrets.size).toBe(100);
    for (const secret of secrets) {
      expect(isSecret(secret)).toBe(true);
      expect(Buffer.from(secret, "base64url")).toHaveLength(32);
      expect(hashOfSecret(secret)).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(isSecret("../../etc/passwd")).toBe(false);
  });
});

describe("the permission table", () => {
  it("gives each role what the one before it has", () => {
    for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
      const held = ROLES.map((role) => holds(role, permission));
      expect(held, permission).toEqual(held.toSorted((a, b) => Number(a) - Number(b)));
      expect(held.at(-1)).toBe(true);
    }
  });

  it("gives a read-only token nothing that changes anything", () => {
    const held = (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => holds("admin", permission, true));
    expect(held).toEqual(["record:read", "audit:read"]);
  });
});
