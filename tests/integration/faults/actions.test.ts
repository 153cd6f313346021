import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { withClient } from "@/scripts/db";
import { expectNoSecrets, fingerprint } from "@/tests/support/evidence";
import { rawRequest, type RawAnswer } from "@/tests/support/raw-request";

const { url, callers, ownerUrl, log } = inject("running");
const { host, origin } = new URL(url);

type Action = { id: string; name: string };
type Manifest = { node: Record<string, { exportedName: string }> };

/** Every server action of the build. */
const ACTIONS: Action[] = Object.entries(
  (JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8")) as Manifest).node,
).map(([id, { exportedName }]) => ({ id, name: exportedName }));

/** Open to people who are not signed in: what they type, or their link, is the proof. */
const PUBLIC = ["signInAction", "setUpAction", "choosePasswordAction"];
/** What every signed-in person may do with their own sessions, tokens and password. */
const OWN = [
  "signOutAction",
  "signOutEverywhereAction",
  "endSessionAction",
  "createTokenAction",
  "endTokenAction",
  "changePasswordAction",
  "recordViewAction",
  "reviseViewAction",
  "shareViewAction",
  "removeViewAction",
  "restoreViewAction",
  "watchAction",
  "stopWatchingAction",
  "markReadAction",
  "switchDigestAction",
];

const NOTE = "canary note of an action 4711";
const BOUNDARY = "----rostrum";

/** A form as the browser's side of React sends it to an action with a state. */
function sentForm(fields: Record<string, string>, previous: unknown = { attempt: 0 }): { type: string; body: string } {
  const parts = [
    ...Object.entries(fields).map(([name, value]): [string, string] => [`_1_${name}`, value]),
    ["0", JSON.stringify([previous, "$K1"])],
  ];
  const body = parts
    .map(([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join("");
  return { type: `multipart/form-data; boundary=${BOUNDARY}`, body: `${body}--${BOUNDARY}--\r\n` };
}

/** Something in every field that any action has. */
const EVERYTHING = {
  dialogue: "unga-r2p-2017",
  speaker: "Denmark",
  role: "statement",
  note: NOTE,
  reason: NOTE,
  version: "1",
  statement: "00000000-0000-7000-8000-000000000000",
  id: callers.viewer.id,
  name: NOTE,
  email: "invited@example.org",
  slug: "from-an-action",
  title: NOTE,
  kind: "formal_debate",
  startsOn: "2031-01-01",
};

type Asking = { cookie?: string; headers?: Record<string, string>; form?: { type: string; body: string } };

function post(
  path: string,
  { id }: Pick<Action, "id">,
  { cookie, headers = {}, form }: Asking = {},
): Promise<RawAnswer> {
  const { type, body } = form ?? sentForm(EVERYTHING);
  return rawRequest("POST", `${url}${path}`, {
    headers: {
      Host: host,
      Origin: origin,
      "Next-Action": id,
      Accept: "text/x-component",
      "Content-Type": type,
      "Content-Length": Buffer.byteLength(body),
      ...(cookie ? { Cookie: cookie } : {}),
      ...headers,
    },
    body,
  });
}

async function statements(): Promise<number> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query<{ count: number }>("select count(*)::int as count from statement where note = $1", [NOTE]),
  );
  return rows[0]?.count ?? -1;
}

describe("every action of the build", () => {
  const guarded = ACTIONS.filter(({ name }) => !PUBLIC.includes(name) && name !== "signOutAction");

  test("is known to this test", () => {
    expect(ACTIONS.length).toBeGreaterThan(20);
    const names = ACTIONS.map(({ name }) => name);
    for (const name of [...PUBLIC, ...OWN]) expect(names).toContain(name);
  });

  test("is refused to nobody in particular, on whatever page it is sent to", async () => {
    const before = await fingerprint(ownerUrl);
    for (const action of guarded) {
      for (const path of ["/sign-in", "/dialogues/unga-r2p-2017"]) {
        const answer = await post(path, action);
        expect(answer.status, `${action.name} at ${path}`).toBeLessThan(500);
        if (answer.status === 200) expect(answer.text, action.name).toContain("Sign in to go on.");
      }
    }
    expect(await fingerprint(ownerUrl)).toEqual(before);
  });

  test("that needs a role is refused to a viewer, on pages that a viewer may open", async () => {
    const before = await fingerprint(ownerUrl);
    for (const action of guarded.filter(({ name }) => !OWN.includes(name))) {
      const answer = await post("/dialogues/unga-r2p-2017", action, { cookie: callers.viewer.cookie });
      expect(answer.status, action.name).toBe(200);
      expect(answer.text, action.name).toContain("Your role does not allow this.");
    }
    expect(await fingerprint(ownerUrl)).toEqual(before);
  });

  test("withstands nonsense from an administrator: nothing is written, nothing breaks", async () => {
    const before = await fingerprint(ownerUrl);
    const { cookie } = callers.admin;
    const text = (body: string) => ({ type: "text/plain;charset=UTF-8", body });
    const nonsense = [
      text("[]"),
      text('["junk",5]'),
      text('[{"attempt":1e999},{"email":{}}]'),
      sentForm({}),
      sentForm({ "represents.0.actor": "x", __proto__: "y", "constructor.prototype.role": "admin" }),
      sentForm({ version: "NaN", id: "' or 1=1", statement: "\u0000", dialogue: "../..", email: "\ud800" }),
    ];
    for (const action of ACTIONS.filter(({ name }) => !["signOutAction", "signOutEverywhereAction"].includes(name))) {
      for (const form of nonsense) {
        const answer = await post("/dialogues", action, { cookie, form });
        expect(answer.status, `${action.name} with ${form.body.slice(0, 60)}`).toBeLessThan(500);
      }
    }
    expect(await fingerprint(ownerUrl)).toEqual(before);
  }, 120_000);

  test("under a name that no build has is 404 or 409, so that a tab of an older build keeps what was typed", async () => {
    const answer = await post("/dialogues", { id: `7f${"0".repeat(40)}` }, { cookie: callers.analyst.cookie });
    expect([404, 409]).toContain(answer.status);
  });
});

describe("a form that no page of ours sent", () => {
  const record = ACTIONS.find(({ name }) => name === "recordStatementAction") ?? { id: "", name: "" };
  const form = sentForm({ dialogue: "unga-r2p-2017", speaker: "Denmark", role: "statement", note: NOTE });
  const { cookie } = callers.analyst;

  const FORGED: [string, Record<string, string>][] = [
    ["from another site", { Origin: "https://evil.example" }],
    ["from a document without origin", { Origin: "null" }],
    ["from garbage", { Origin: "not an origin" }],
    [
      "from another site that forges the forwarded host",
      { Origin: "https://evil.example", "X-Forwarded-Host": "evil.example" },
    ],
    ["from another site that forges the host", { Origin: "http://evil.example", Host: "evil.example" }],
    ["from another port of this machine", { Origin: "http://127.0.0.1:1" }],
    ["that another site fetched", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
  ];
  test.each(FORGED)("%s writes nothing", async (_, headers) => {
    for (const path of [
      "/dialogues/unga-r2p-2017/statements/new",
      "/reports",
      "/sign-in",
      "/_next/static/x",
      "/icon.svg",
    ]) {
      await post(path, record, { cookie, headers, form });
    }
    expect(await statements()).toBe(0);
  });

  test("without an Origin writes nothing", async () => {
    const { type, body } = form;
    for (const path of ["/dialogues/unga-r2p-2017/statements/new", "/reports", "/account"]) {
      await rawRequest("POST", `${url}${path}`, {
        headers: {
          "Next-Action": record.id,
          "Content-Type": type,
          "Content-Length": Buffer.byteLength(body),
          Cookie: cookie,
        },
        body,
      });
    }
    expect(await statements()).toBe(0);
  });

  test("is what the same form from our own page is not", async () => {
    const answer = await post("/dialogues/unga-r2p-2017/statements/new", record, { cookie, form });
    expect([200, 303], answer.text.slice(0, 500)).toContain(answer.status);
    expect(await statements()).toBe(1);
    await withClient(ownerUrl, async (client) => {
      await client.query("delete from statement where note = $1", [NOTE]);
    });
  });
});

test("the log tells nobody's secrets, nor what was typed", () => expectNoSecrets(log, callers, [NOTE]));
