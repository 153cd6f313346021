import { beforeEach, describe, expect, it, vi } from "vitest";
import { changePassword, createToken, endToken } from "@/features/people/mutations/account";
import { disableUser, enableUser } from "@/features/people/mutations/people";
import { endAllOwnSessions, endOwnSession, signIn, signOut, identityOf } from "@/features/people/mutations/sessions";
import { findPerson, listOwnSessions, listOwnTokens } from "@/features/people/queries";
import { findLiveSession, sealSession, sessionCookie, unsealSession } from "@/lib/auth/session";
import { identityOfBearer } from "@/lib/auth/token";
import { admitAttempt } from "@/lib/auth/throttle";
import { DomainError } from "@/lib/errors";
import { account, CLIENT, OPERATOR, ownCaller, PASSWORD, type Account } from "@/tests/support/people";
import { useDatabase } from "@/tests/support/database";

vi.mock("next/headers", () => ({ headers: async () => new Headers() }));

const database = useDatabase();

const refusal = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.fail("This should have been refused."),
    (error: unknown) => {
      if (error instanceof DomainError) return error;
      throw error;
    },
  );

const at = (address: string) => ({ ...CLIENT, address });
const wrong = (email: string, address: string) => signIn({ email, password: "not the password" }, at(address));
const eventsOf = async (type: string, subject: string) =>
  database.sql<{ user_name: string }>("select * from audit_event where type = $1 and subject_id = $2", [type, subject]);

beforeEach(async () => {
  await database.sql("delete from throttle");
});

describe("signing in", () => {
  it("opens a session that is kept as a hash, with its event", async () => {
    const user = await account();
    const { key } = await signIn({ email: ` ${user.email.toUpperCase()} `, password: PASSWORD }, CLIENT);
    expect(await findLiveSession(key)).toMatchObject({ userId: user.id, userName: user.name, role: "analyst" });
    const [row] = await database.sql<Record<string, unknown>>("select * from session where id = $1", [key.id]);
    expect(row).toMatchObject({ address: CLIENT.address, user_agent: CLIENT.userAgent, revoked_at: null });
    expect(JSON.stringify(row)).not.toContain(key.secret);
    expect(await eventsOf("session.opened", key.id)).toMatchObject([{ user_name: user.name, user_id: user.id }]);
  });

  it("gives a fresh secret each time; another session's secret opens nothing", async () => {
    const user = await account();
    const first = await signIn({ email: user.email, password: PASSWORD }, CLIENT);
    const second = await signIn({ email: user.email, password: PASSWORD }, CLIENT);
    expect(second.key.secret).not.toBe(first.key.secret);
    expect(await findLiveSession({ id: first.key.id, secret: second.key.secret })).toBeNull();
  });

  it("answers unknown, wrong, disabled and not yet chosen in the same words", async () => {
    const [user, invited, disabled] = [await account(), await account("viewer", { password: false }), await account()];
    await database.sql(`update "user" set disabled_at = now() where id = $1`, [disabled.id]);
    const answers = await Promise.all([
      refusal(wrong(user.email, "198.51.100.1")),
      refusal(wrong("nobody@example.org", "198.51.100.2")),
      refusal(signIn({ email: disabled.email, password: PASSWORD }, at("198.51.100.3"))),
      refusal(signIn({ email: invited.email, password: "" }, at("198.51.100.4"))),
      refusal(signIn({ email: "a\u0000b", password: PASSWORD }, at("198.51.100.5"))),
      refusal(signIn({ email: user.email, password: "x".repeat(9000) }, at("198.51.100.6"))),
    ]);
    const shapes = answers.map(({ code, message, issues, current }) =>
      JSON.stringify({ code, message, issues, current }),
    );
    expect(new Set(shapes).size).toBe(1);
    expect(answers[0]?.code).toBe("UNAUTHENTICATED");
  });

  // Repeated, because a busy machine can spoil one round; a missing hash would show in every one.
  it("takes the same time for a known and an unknown account", { timeout: 60_000, retry: 2 }, async () => {
    const user = await account();
    const times: Record<"known" | "unknown", number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 30; round += 1) {
      for (const [kind, email] of [
        ["known", user.email],
        ["unknown", `nobody-${round}@example.org`],
      ] as const) {
        const from = performance.now();
        await refusal(wrong(email, `203.0.113.${round}`));
        times[kind].push(performance.now() - from);
      }
    }
    const sorted = { known: times.known.toSorted((a, b) => a - b), unknown: times.unknown.toSorted((a, b) => a - b) };
    for (const index of [0, 15]) {
      const [known = 0, unknown = 0] = [sorted.known[index], sorted.unknown[index]];
      expect(Math.abs(known - unknown)).toBeLessThanOrEqual(Math.max(10, 0.1 * Math.max(known, unknown)));
    }
  });

  it("does not open a session for somebody disabled, or given another password, while the old one was compared", async () => {
    const user = await account();
    await database.sql(`create function late() returns trigger language plpgsql as $$ begin
      update "user" set disabled_at = now() where id = '${user.id}'; return new; end $$`);
    await database.sql("create trigger late after delete on throttle for each row execute function late()");
    const answer = await refusal(signIn({ email: user.email, password: PASSWORD }, at("198.51.100.9")));
    await database.sql("drop trigger late on throttle");
    expect(answer.code).toBe("UNAUTHENTICATED");
    expect(await database.sql("select from session where user_id = $1", [user.id])).toHaveLength(0);
  });
});

describe("guessing", () => {
  it("gets ten real answers per account and address, then none, even for the right password", async () => {
    const user = await account();
    for (let tries = 0; tries < 10; tries += 1)
      expect((await refusal(wrong(user.email, "192.0.2.10"))).code).toBe("UNAUTHENTICATED");
    const answer = await refusal(signIn({ email: user.email, password: PASSWORD }, at("192.0.2.10")));
    expect(answer.code).toBe("TOO_MANY");
    expect(answer.message).toMatch(/Wait 1[45] minutes/);
    expect(answer.retryAfter).toBeGreaterThan(800);
    expect(answer.retryAfter).toBeLessThanOrEqual(900);
    await expect(signIn({ email: user.email, password: PASSWORD }, at("192.0.2.11"))).resolves.toHaveProperty("key");
  });

  it("gets no more answers at once than in a row", async () => {
    const user = await account();
    const answers = await Promise.all(Array.from({ length: 40 }, () => refusal(wrong(user.email, "192.0.2.20"))));
    expect(answers.filter(({ code }) => code === "UNAUTHENTICATED")).toHaveLength(10);
    expect(answers.filter(({ code }) => code === "TOO_MANY")).toHaveLength(30);
  });

  it("gets thirty real answers per address over all accounts; tries without an answer do not count against others", async () => {
    const codes: string[] = [];
    for (let tries = 0; tries < 40; tries += 1)
      codes.push((await refusal(wrong(`guess-${tries}@example.org`, "192.0.2.30"))).code);
    expect(codes.filter((code) => code === "UNAUTHENTICATED")).toHaveLength(30);
    expect(codes.slice(30).every((code) => code === "TOO_MANY")).toBe(true);
    const blocked = await account();
    for (let tries = 0; tries < 35; tries += 1) await refusal(wrong(blocked.email, "192.0.2.31"));
    const colleague = await account();
    await expect(signIn({ email: colleague.email, password: PASSWORD }, at("192.0.2.31"))).resolves.toHaveProperty(
      "key",
    );
  });

  it("starts anew after a success", async () => {
    const user = await account();
    for (let round = 0; round < 4; round += 1) {
      for (let tries = 0; tries < 5; tries += 1) await refusal(wrong(user.email, "192.0.2.40"));
      await signIn({ email: user.email, password: PASSWORD }, at("192.0.2.40"));
    }
    const [row] = await database.sql<{ points: number }>("select points from throttle where key like 'address%'");
    expect(row?.points).toBe(20);
  });

  it("is refused, not let through, while nothing can be counted", async () => {
    await database.sql("alter table throttle rename to throttle_away");
    const outcome = await admitAttempt("a", "192.0.2.50").then(
      () => "let through",
      () => "refused",
    );
    await database.sql("alter table throttle_away rename to throttle");
    expect(outcome).toBe("refused");
  });

  it("counts without keeping whom", async () => {
    await refusal(wrong("nobody@example.org", "192.0.2.60"));
    const rows = await database.sql("select * from throttle");
    expect(JSON.stringify(rows)).not.toMatch(/nobody|192\.0\.2/);
  });
});

describe("a session", () => {
  async function opened(): Promise<{ user: Account; key: { id: string; secret: string } }> {
    const user = await account();
    return { user, key: (await signIn({ email: user.email, password: PASSWORD }, CLIENT)).key };
  }

  it.each([
    ["12 hours idle", "last_seen_at = now() - interval '12 hours 1 second'"],
    ["14 days old", "expires_at = now() - interval '1 second'"],
    ["ended", "revoked_at = now()"],
  ])("does not count when it is %s", async (_, change) => {
    const { key } = await opened();
    await database.sql(`update session set ${change} where id = $1`, [key.id]);
    expect(await findLiveSession(key)).toBeNull();
  });

  it("lasts 14 days from sign-in and is noted as seen at most once a minute", async () => {
    const { key } = await opened();
    const row = async () =>
      (
        await database.sql<{ days: string; seen: Date }>(
          "select extract(epoch from expires_at - created_at) / 86400 as days, last_seen_at as seen from session where id = $1",
          [key.id],
        )
      )[0];
    const first = await row();
    expect(Number(first?.days)).toBe(14);
    await findLiveSession(key);
    expect((await row())?.seen).toEqual(first?.seen);
    await database.sql("update session set last_seen_at = now() - interval '61 seconds' where id = $1", [key.id]);
    await findLiveSession(key);
    expect((await row())?.seen.getTime()).toBeGreaterThan(Date.now() - 30_000);
  });

  it("takes the role of its user at each request", async () => {
    const { user, key } = await opened();
    await database.sql(`update "user" set role = 'viewer' where id = $1`, [user.id]);
    expect(await findLiveSession(key)).toMatchObject({ role: "viewer" });
  });

  it("travels in a cookie that belongs to this very host alone, where the address is https", () => {
    const { APP_URL } = process.env;
    process.env.APP_URL = "https://rostrum.example.org";
    expect(sessionCookie()).toEqual({
      name: "__Host-next-auth.session-token",
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
    });
    process.env.APP_URL = APP_URL ?? "";
    expect(sessionCookie()).toMatchObject({ name: "next-auth.session-token", options: { secure: false } });
  });

  it("is known from the cookie that we sealed and from no other", async () => {
    const { key } = await opened();
    const sealed = await sealSession(key);
    expect(await unsealSession(sealed)).toEqual(key);
    const [head = "", ...rest] = sealed.split(".");
    for (const forged of ["", "a.b.c.d.e", `${head}.${rest.join(".")}x`, sealed.slice(0, -4), `${sealed}.`, "{}"]) {
      expect(await unsealSession(forged), forged.slice(0, 20)).toBeNull();
    }
    const secret = process.env.AUTH_SECRET;
    process.env.AUTH_SECRET = "another secret of thirty-two characters";
    expect(await unsealSession(sealed)).toBeNull();
    process.env.AUTH_SECRET = secret;
  });

  it("ends by signing out, singly and everywhere, each with its event", async () => {
    const { user, key } = await opened();
    const other = await signIn({ email: user.email, password: PASSWORD }, CLIENT);
    const third = await signIn({ email: user.email, password: PASSWORD }, CLIENT);
    const own = ownCaller(user, key.id).sessions;
    expect((await listOwnSessions(own)).map(({ id, current }) => [id, current])).toEqual([
      [key.id, true],
      [third.key.id, false],
      [other.key.id, false],
    ]);
    await signOut(identityOf(user, CLIENT, key.id));
    expect(await findLiveSession(key)).toBeNull();
    await endOwnSession(own, other.key.id);
    expect(await findLiveSession(other.key)).toBeNull();
    expect((await refusal(endOwnSession(own, other.key.id))).code).toBe("NOT_FOUND");
    expect(await endAllOwnSessions(own)).toBe(1);
    expect(await findLiveSession(third.key)).toBeNull();
    for (const { id } of [key, other.key, third.key]) expect(await eventsOf("session.revoked", id)).toHaveLength(1);
  });

  it("of somebody else cannot be ended", async () => {
    const { key } = await opened();
    const stranger = await account();
    expect((await refusal(endOwnSession(ownCaller(stranger).sessions, key.id))).code).toBe("NOT_FOUND");
    expect(await findLiveSession(key)).not.toBeNull();
  });
});

describe("a token", () => {
  it("is kept as a hash, speaks with its user's role and says when it was used", async () => {
    const user = await account("reviewer");
    const { tokens } = ownCaller(user);
    const { id, token } = await createToken(tokens, { label: "Export", scope: "read", days: 3 });
    expect(token).toMatch(/^rst_[A-Za-z0-9_-]{43}$/);
    const stored = await database.sql("select * from token where id = $1", [id]);
    const events = await eventsOf("token.created", id);
    expect(events).toHaveLength(1);
    expect(JSON.stringify([stored, events])).not.toContain(token.slice(4));
    expect((await listOwnTokens(tokens))[0]).toMatchObject({ label: "Export", lastUsedAt: null });
    expect(await identityOfBearer(token)).toMatchObject({
      userId: user.id,
      role: "reviewer",
      readOnly: true,
      tokenId: id,
    });
    expect((await listOwnTokens(tokens))[0]?.lastUsedAt).not.toBeNull();
    expect((await findPerson(OPERATOR, user.id))?.lastSeen).not.toBeNull();
    expect(await identityOfBearer(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).toBeNull();
    await endToken(tokens, id);
    expect(await identityOfBearer(token)).toBeNull();
    expect(await eventsOf("token.revoked", id)).toHaveLength(1);
    expect((await refusal(endToken(tokens, id))).code).toBe("NOT_FOUND");
  });

  it("ends after its days", async () => {
    const user = await account();
    const { id, token } = await createToken(ownCaller(user).tokens, { label: "Short", scope: "write", days: 1 });
    expect(await identityOfBearer(token)).toMatchObject({ readOnly: false });
    await database.sql("update token set expires_at = now() where id = $1", [id]);
    expect(await identityOfBearer(token)).toBeNull();
  });
});

it("disabling ends every session and token at once, and enabling brings none back", async () => {
  const user = await account();
  const { key } = await signIn({ email: user.email, password: PASSWORD }, CLIENT);
  const { token } = await createToken(ownCaller(user).tokens, { label: "Mine", scope: "write", days: 9 });
  await disableUser(OPERATOR, { id: user.id, version: 1 });
  expect(await findLiveSession(key)).toBeNull();
  expect(await identityOfBearer(token)).toBeNull();
  expect((await refusal(signIn({ email: user.email, password: PASSWORD }, CLIENT))).code).toBe("UNAUTHENTICATED");
  await enableUser(OPERATOR, { id: user.id, version: 2 });
  expect(await findLiveSession(key)).toBeNull();
  expect(await identityOfBearer(token)).toBeNull();
  await expect(signIn({ email: user.email, password: PASSWORD }, CLIENT)).resolves.toHaveProperty("key");
});

describe("changing one's password", () => {
  const NEXT = "four other words entirely";

  it("asks for the current one and ends the other sessions", async () => {
    const user = await account();
    const [here, there] = [
      await signIn({ email: user.email, password: PASSWORD }, CLIENT),
      await signIn({ email: user.email, password: PASSWORD }, CLIENT),
    ];
    const own = ownCaller(user, here.key.id).sessions;
    expect((await refusal(changePassword(own, { current: NEXT, password: NEXT }))).issues[0]?.path).toEqual([
      "current",
    ]);
    expect((await refusal(changePassword(own, { current: PASSWORD, password: "short" }))).issues[0]?.path).toEqual([
      "password",
    ]);
    await changePassword(own, { current: PASSWORD, password: NEXT });
    expect(await findLiveSession(here.key)).not.toBeNull();
    expect(await findLiveSession(there.key)).toBeNull();
    expect((await refusal(signIn({ email: user.email, password: PASSWORD }, CLIENT))).code).toBe("UNAUTHENTICATED");
    await expect(signIn({ email: user.email, password: NEXT }, CLIENT)).resolves.toHaveProperty("key");
    expect(await eventsOf("user.password_set", user.id)).toHaveLength(1);
  });

  it("is no place to guess it", async () => {
    const user = await account();
    const own = ownCaller(user).sessions;
    for (let tries = 0; tries < 10; tries += 1)
      await refusal(changePassword(own, { current: "wrong", password: NEXT }));
    expect((await refusal(changePassword(own, { current: PASSWORD, password: NEXT }))).code).toBe("TOO_MANY");
  });
});
