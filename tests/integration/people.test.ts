import { afterEach, describe, expect, it } from "vitest";
import { signIn } from "@/features/people/mutations/sessions";
import {
  choosePassword,
  createFirstAdministrator,
  issueSetUpLink,
  setUpFirstAccount,
} from "@/features/people/mutations/links";
import {
  changeRole,
  createUserWithPassword,
  disableUser,
  enableUser,
  inviteUser,
  issuePasswordLink,
} from "@/features/people/mutations/people";
import { findPerson, findPersonByEmail, listPeople } from "@/features/people/queries";
import { findOpenLink } from "@/lib/auth/one-time-link";
import { findLiveSession } from "@/lib/auth/session";
import { DomainError } from "@/lib/errors";
import { account, CLIENT, OPERATOR, PASSWORD } from "@/tests/support/people";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase();

const refusal = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.fail("This should have been refused."),
    (error: unknown) => {
      if (error instanceof DomainError) return error;
      throw error;
    },
  );

const secretOf = (link: string): string => new URL(link).pathname.replace("/set-up/", "");
const events = async (subject: string) =>
  (
    await database.sql<{ type: string }>("select type from audit_event where subject_id = $1 order by id", [subject])
  ).map(({ type }) => type);
const people = async () => Number((await database.sql<{ n: string }>(`select count(*) as n from "user"`))[0]?.n);

afterEach(async () => {
  await database.sql(`delete from "user"`);
  await database.sql("delete from one_time_link");
  await database.sql("delete from throttle");
});

describe("the first account", () => {
  const first = { name: "Administrator One", email: "first@example.org", password: PASSWORD };

  it("is made by the set-up link, which then is closed for ever", async () => {
    const link = (await issueSetUpLink(OPERATOR)) ?? "";
    expect(new URL(link).origin).toBe("http://127.0.0.1:3000");
    expect(await database.sql("select secret_hash from one_time_link")).not.toContainEqual({
      secret_hash: secretOf(link),
    });
    expect(await findOpenLink(secretOf(link))).toMatchObject({ purpose: "set_up", user: null });
    const key = await setUpFirstAccount({ ...first, link: secretOf(link) }, CLIENT);
    expect(await findLiveSession(key)).toMatchObject({ role: "admin", userName: first.name });
    const person = await findPersonByEmail(OPERATOR, first.email);
    expect(await events(person?.id ?? "")).toEqual(["account.set_up"]);
    expect(await findOpenLink(secretOf(link))).toBeNull();
    expect(
      (await refusal(setUpFirstAccount({ ...first, email: "second@example.org", link: secretOf(link) }, CLIENT))).code,
    ).toBe("NOT_FOUND");
    expect(await issueSetUpLink(OPERATOR)).toBeNull();
    expect(await people()).toBe(1);
  });

  it("is closed by an account made elsewhere, too", async () => {
    const link = (await issueSetUpLink(OPERATOR)) ?? "";
    await account("viewer");
    expect(await findOpenLink(secretOf(link))).toBeNull();
    expect((await refusal(setUpFirstAccount({ ...first, link: secretOf(link) }, CLIENT))).code).toBe("NOT_FOUND");
  });

  it("is one, however many use the link at the same moment", async () => {
    const link = secretOf((await issueSetUpLink(OPERATOR)) ?? "");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        setUpFirstAccount({ ...first, email: `first-${index}@example.org`, link }, CLIENT),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await people()).toBe(1);
  });

  it("is one, also when two links or a setting compete", async () => {
    const one = secretOf((await issueSetUpLink(OPERATOR)) ?? "");
    // A second open link as no code of ours would leave it.
    await database.sql("update one_time_link set expires_at = now() + interval '1 hour'");
    const two = secretOf((await issueSetUpLink(OPERATOR)) ?? "");
    await database.sql("update one_time_link set expires_at = now() + interval '1 hour'");
    await Promise.allSettled([
      setUpFirstAccount({ ...first, email: "one@example.org", link: one }, CLIENT),
      setUpFirstAccount({ ...first, email: "two@example.org", link: two }, CLIENT),
      createFirstAdministrator(OPERATOR, { ...first, email: "three@example.org" }),
    ]);
    expect(await people()).toBe(1);
  });

  it("ends earlier links when a new one is made", async () => {
    const earlier = secretOf((await issueSetUpLink(OPERATOR)) ?? "");
    const later = secretOf((await issueSetUpLink(OPERATOR)) ?? "");
    expect(await findOpenLink(earlier)).toBeNull();
    expect(await findOpenLink(later)).not.toBeNull();
  });

  it("comes from settings when they are given, with the same rules for its password", async () => {
    expect(
      (await refusal(createFirstAdministrator(OPERATOR, { ...first, password: "password1234" }))).issues[0]?.path,
    ).toEqual(["password"]);
    expect(await createFirstAdministrator(OPERATOR, first)).toBe(true);
    expect(await createFirstAdministrator(OPERATOR, { ...first, email: "again@example.org" })).toBe(false);
    await expect(signIn(first, CLIENT)).resolves.toHaveProperty("key");
  });
});

describe("an invitation", () => {
  const invitation = { name: "Analyst One", email: "analyst@example.org", role: "analyst" } as const;

  it("lets somebody choose a password once", async () => {
    const { id, link } = await inviteUser(OPERATOR, invitation);
    expect(await findPerson(OPERATOR, id)).toMatchObject({ status: "invited", role: "analyst", lastSeen: null });
    const choice = { link: secretOf(link), password: PASSWORD };
    expect((await refusal(choosePassword({ ...choice, password: "Analyst One 1" }, CLIENT))).issues[0]?.path).toEqual([
      "password",
    ]);
    const key = await choosePassword(choice, CLIENT);
    expect(await findLiveSession(key)).toMatchObject({ userId: id, role: "analyst" });
    expect((await refusal(choosePassword(choice, CLIENT))).code).toBe("NOT_FOUND");
    expect(await findPerson(OPERATOR, id)).toMatchObject({ status: "active" });
    expect(await events(id)).toEqual(["user.invited", "user.password_set"]);
  });

  it("works for one of several uses at the same moment", async () => {
    const { link } = await inviteUser(OPERATOR, invitation);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, (_, index) =>
        choosePassword({ link: secretOf(link), password: `${PASSWORD} ${index}` }, CLIENT),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("lasts 7 days, a reset 30 minutes, the first set-up 24 hours", async () => {
    const lasts = async (link: string) =>
      await database
        .sql<{ minutes: string }>(
          "select round(extract(epoch from expires_at - created_at) / 60) as minutes from one_time_link where used_at is null and expires_at > now()",
        )
        .then((rows) => [link !== "", Number(rows[0]?.minutes)]);
    expect(await lasts((await issueSetUpLink(OPERATOR)) ?? "")).toEqual([true, 24 * 60]);
    await database.sql("delete from one_time_link");
    const { id, link } = await inviteUser(OPERATOR, invitation);
    expect(await lasts(link)).toEqual([true, 7 * 24 * 60]);
    await choosePassword({ link: secretOf(link), password: PASSWORD }, CLIENT);
    const reset = await issuePasswordLink(OPERATOR, id);
    expect(await lasts(reset.link)).toEqual([true, 30]);
    await database.sql("update one_time_link set expires_at = now()");
    expect(await findOpenLink(secretOf(reset.link))).toBeNull();
    expect((await refusal(choosePassword({ link: secretOf(reset.link), password: PASSWORD }, CLIENT))).code).toBe(
      "NOT_FOUND",
    );
  });

  it("is refused for an e-mail that has an account, also under concurrency", async () => {
    await inviteUser(OPERATOR, invitation);
    expect((await refusal(inviteUser(OPERATOR, { ...invitation, name: "Other" }))).issues[0]?.path).toEqual(["email"]);
    const same = { ...invitation, email: "same@example.org" };
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => inviteUser(OPERATOR, same)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is not needed where a password was chosen at the command line", async () => {
    expect((await refusal(createUserWithPassword(OPERATOR, invitation, "123456789012"))).issues[0]?.path).toEqual([
      "password",
    ]);
    await createUserWithPassword(OPERATOR, invitation, PASSWORD);
    await expect(signIn({ email: invitation.email, password: PASSWORD }, CLIENT)).resolves.toHaveProperty("key");
  });
});

describe("a reset link", () => {
  it("ends every session when it is used, and the earlier link when it is made", async () => {
    const user = await account();
    const { key } = await signIn({ email: user.email, password: PASSWORD }, CLIENT);
    const earlier = await issuePasswordLink(OPERATOR, user.id);
    const later = await issuePasswordLink(OPERATOR, user.id);
    expect(await findOpenLink(secretOf(earlier.link))).toBeNull();
    expect(await findLiveSession(key)).not.toBeNull();
    await choosePassword({ link: secretOf(later.link), password: "quite another set of words" }, CLIENT);
    expect(await findLiveSession(key)).toBeNull();
    expect((await refusal(signIn({ email: user.email, password: PASSWORD }, CLIENT))).code).toBe("UNAUTHENTICATED");
  });

  it("is neither made for nor usable by a disabled account", async () => {
    const user = await account();
    const { link } = await issuePasswordLink(OPERATOR, user.id);
    await disableUser(OPERATOR, { id: user.id, version: 1 });
    expect(await findOpenLink(secretOf(link))).toBeNull();
    expect((await refusal(choosePassword({ link: secretOf(link), password: PASSWORD }, CLIENT))).code).toBe(
      "NOT_FOUND",
    );
    expect((await refusal(issuePasswordLink(OPERATOR, user.id))).code).toBe("CONFLICT");
  });
});

describe("changing what people may do", () => {
  it("is recorded from what to what, and counts versions", async () => {
    const user = await account("viewer");
    await changeRole(OPERATOR, { id: user.id, version: 1, role: "reviewer" });
    await disableUser(OPERATOR, { id: user.id, version: 2 });
    await enableUser(OPERATOR, { id: user.id, version: 3 });
    const trail = await database.sql(
      "select type, version, before, after from audit_event where subject_id = $1 order by id",
      [user.id],
    );
    expect(trail).toMatchObject([
      { type: "user.role_changed", version: 2, before: { role: "viewer" }, after: { role: "reviewer" } },
      { type: "user.disabled", version: 3, before: { disabled: false }, after: { disabled: true } },
      { type: "user.enabled", version: 4, before: { disabled: true }, after: { disabled: false } },
    ]);
  });

  it("is refused when somebody else was quicker, with the account as it is", async () => {
    const user = await account("viewer");
    await changeRole(OPERATOR, { id: user.id, version: 1, role: "reviewer" });
    const stale = await refusal(disableUser(OPERATOR, { id: user.id, version: 1 }));
    expect(stale).toMatchObject({ code: "STALE", current: { role: "reviewer", status: "active", version: 2 } });
    expect(await findPerson(OPERATOR, user.id)).toMatchObject({ status: "active", role: "reviewer" });
    const both = await Promise.allSettled([
      changeRole(OPERATOR, { id: user.id, version: 2, role: "analyst" }),
      changeRole(OPERATOR, { id: user.id, version: 2, role: "viewer" }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("always leaves an active administrator, also when two leave at the same moment", async () => {
    const [one, two] = [await account("admin"), await account("admin")];
    await account("admin", { password: false });
    const outcomes = await Promise.allSettled([
      disableUser(OPERATOR, { id: one.id, version: 1 }),
      changeRole(OPERATOR, { id: two.id, version: 1, role: "viewer" }),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const left = (await listPeople(OPERATOR)).filter(({ role, status }) => role === "admin" && status === "active");
    expect(left).toHaveLength(1);
    const last = left[0] ?? expect.fail("Nobody is left.");
    expect((await refusal(disableUser(OPERATOR, last))).code).toBe("CONFLICT");
    expect((await refusal(changeRole(OPERATOR, { ...last, role: "reviewer" }))).code).toBe("CONFLICT");
  });

  it("of nobody is refused", async () => {
    const id = "00000000-0000-7000-8000-000000000000";
    expect((await refusal(disableUser(OPERATOR, { id, version: 1 }))).code).toBe("NOT_FOUND");
    expect((await refusal(issuePasswordLink(OPERATOR, id))).code).toBe("NOT_FOUND");
    expect(await findPerson(OPERATOR, "../../etc")).toBeNull();
  });
});
