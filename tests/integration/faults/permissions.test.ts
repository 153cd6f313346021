import { readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { holds, PERMISSIONS, ROLES, type Permission, type Role } from "@/lib/auth/permissions";
import { addressOf, knownAddresses, routesOfBuild } from "@/tests/support/addresses";
import { expectNoSecrets, fingerprint } from "@/tests/support/evidence";

const { url, callers, ownerUrl, log } = inject("running");

type Described = Record<string, { description: string; requestBody?: unknown }>;
type Document = { paths: Record<string, Described> };

const send = (method: string, path: string, headers: Record<string, string>, body?: string) =>
  fetch(`${url}${path}`, { method, redirect: "manual", headers, ...(body === undefined ? {} : { body }) });

/** As browsers ask for a page: whole, or what changes when one goes there, or ahead of that. */
const VARIANTS: Record<string, string>[] = [{}, { RSC: "1" }, { RSC: "1", "Next-Router-Prefetch": "1" }];

describe("the API gives each role exactly what the policy says", async () => {
  const admin = { Authorization: `Bearer ${callers.admin.token}` };
  const document = (await (await send("GET", "/api/v1/openapi.json", admin)).json()) as Document;
  const known = await knownAddresses(ownerUrl, callers);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { description, requestBody }]) => ({
      method: method.toUpperCase(),
      path: `/api/v1${addressOf(path, known)}`,
      permission: /Needs the permission `([\w:]+)`/.exec(description)?.[1] as Permission,
      takesBody: requestBody !== undefined,
    })),
  );

  test("and names a permission of it for each operation", () => {
    expect(operations.length).toBeGreaterThan(20);
    for (const { path, permission } of operations) expect(Object.keys(PERMISSIONS), path).toContain(permission);
  });

  const asking: [string, Role | null, boolean, string | null][] = [
    ["nobody", null, false, null],
    ...ROLES.map((role): [string, Role, boolean, string] => [role, role, false, callers[role].token]),
    ...ROLES.map((role): [string, Role, boolean, string] => [
      `${role} who may only read`,
      role,
      true,
      callers[role].readToken,
    ]),
  ];
  test.each(asking)("%s", async (_, role, readOnly, token) => {
    const before = await fingerprint(ownerUrl);
    for (const { method, path, permission, takesBody } of operations) {
      // Never a whole request, so that nobody writes: without a body where one is needed, without a version where one is needed.
      const headers: Record<string, string> = {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(takesBody ? { "Content-Type": "application/json" } : {}),
      };
      const { status } = await send(method, path, headers, takesBody ? "{" : undefined);
      const what = `${method} ${path}`;
      if (role === null) expect(status, what).toBe(401);
      else if (!holds(role, permission, readOnly)) expect(status, what).toBe(403);
      else if (method === "GET") expect(status, what).toBe(200);
      else expect([400, 422, 428], what).toContain(status);
    }
    expect(await fingerprint(ownerUrl)).toEqual(before);
  });
});

/** The permissions that a page asks for, in its own file or in the page that it shows again. */
function askedIn(file: string): Permission[] {
  const source = readFileSync(file, "utf8");
  const again = /export \{ [^}]*default[^}]* \} from "@\/(app\/[^"]+)"/.exec(source)?.[1];
  if (again) return askedIn(`${again}.tsx`);
  return [...source.matchAll(/pageCaller\("([\w:]+)"\)/g)].map(([, permission]) => permission as Permission);
}

describe("pages give each role exactly what they ask for", async () => {
  const known = await knownAddresses(ownerUrl, callers);
  const pages = routesOfBuild()
    .filter(([file]) => file.startsWith("/(workspace)/") && file.endsWith("/page"))
    .map(([file, route]) => {
      return { path: addressOf(route, known), asked: askedIn(`app${file}.tsx`) };
    });

  test("and each asks for something", () => {
    expect(pages.length).toBeGreaterThan(15);
    for (const { path, asked } of pages) expect(asked.length, path).toBeGreaterThan(0);
  });

  test("a stranger is sent to sign in, whatever variant of the page is asked for", async () => {
    for (const { path } of pages) {
      for (const variant of VARIANTS) {
        const answer = await send("GET", path, variant);
        expect([303, 307], path).toContain(answer.status);
        expect(answer.headers.get("location"), path).toMatch(/^(?:http:\/\/127\.0\.0\.1:\d+)?\/sign-in/);
        // At most the address that it names.
        expect((await answer.text()).length).toBeLessThan(300);
      }
    }
  });

  test.each([...ROLES])("%s", async (role) => {
    for (const { path, asked } of pages) {
      const answer = await send("GET", path, { Cookie: callers[role].cookie });
      const may = asked.every((permission) => holds(role, permission));
      const expected = may ? [200] : [403];
      expect(expected, `${path} as ${role}`).toContain(answer.status);
      await answer.text();
    }
  });
});

test("the log tells nobody's secrets", () => expectNoSecrets(log, callers));
