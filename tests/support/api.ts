import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, vi } from "vitest";
import type { Role } from "@/lib/auth/permissions";
import { newToken } from "@/lib/auth/token";
import { database } from "@/lib/database";
import type { Handlers } from "@/lib/route";

const { scope } = await vi.hoisted(async () => {
  const { AsyncLocalStorage } = await import("node:async_hooks");
  return { scope: new AsyncLocalStorage<Request>() };
});

// Outside of Next nobody says what the request is that a handler answers.
vi.mock("next/headers", () => ({
  headers: async () => scope.getStore()?.headers ?? new Headers(),
  cookies: async () => ({
    get: (name: string) => {
      const pairs = (scope.getStore()?.headers.get("cookie") ?? "").split("; ").map((pair) => pair.split("="));
      const found = pairs.find(([key]) => key === name);
      return found && { name, value: found[1] };
    },
  }),
}));

const FOLDER = fileURLToPath(new URL("../../app/api/v1", import.meta.url));

/** The route files of the API, as addresses below /api/v1 in OpenAPI's spelling: "/actors/{ref}". */
export function routeFiles(): string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => `/${file.replace(/\/?route\.ts$/, "").replace(/\[(\w+)\]/g, "{$1}")}`)
    .sort();
}

type Found = { handlers: Handlers; params: Record<string, string> };

async function routeAt(pathname: string): Promise<Found> {
  const below = pathname.replace(/^\/api\/v1/, "");
  // Fixed addresses before those with a parameter, as Next does it.
  const patterns = routeFiles().sort((a, b) => a.split("{").length - b.split("{").length);
  for (const pattern of patterns) {
    const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
    const shape = pattern.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "([^/]+)");
    const match = new RegExp(`^${shape}$`).exec(below);
    if (!match) continue;
    const file = `${FOLDER}${pattern.replace(/\{(\w+)\}/g, "[$1]")}/route.ts`;
    const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? "")]));
    return { handlers: (await import(file)) as Handlers, params };
  }
  const file = `${FOLDER}/../[[...path]]/route.ts`;
  return { handlers: (await import(file)) as Handlers, params: {} };
}

export type Sent = {
  token?: string | null;
  /** Sent as JSON, unless it is text or bytes: these are sent as they are. */
  body?: unknown;
  headers?: Record<string, string>;
};

function isRaw(body: unknown): body is string | Uint8Array<ArrayBuffer> | ReadableStream {
  return typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream;
}

/** Calls the handler of an address below /api/v1, as the server would. `method` may be any method that a route file exports. */
export async function call(method: string, path: string, { token, body, headers = {} }: Sent = {}): Promise<Response> {
  const payload = body === undefined || isRaw(body) ? body : JSON.stringify(body);
  const request = new Request(`http://127.0.0.1:3000/api/v1${path}`, {
    method,
    headers: {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(payload === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload, duplex: "half" }),
  });
  const { handlers, params } = await routeAt(new URL(request.url).pathname);
  const handler = handlers[method as keyof Handlers];
  // As Next does it: an address without parameters gets none.
  const context = { params: Promise.resolve(Object.keys(params).length > 0 ? params : undefined) };
  return scope.run(request, () => handler(request, context));
}

/** The JSON of an answer, as the test expects it to look. */
export async function json<T = Record<string, unknown>>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

/** Checks that an answer is a problem as RFC 9457 has it, and gives it back. */
export async function expectProblem(response: Response, status: number): Promise<Problem> {
  const text = await response.clone().text();
  expect(response.status, text).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  const problem = await json<Problem>(response);
  expect(problem).toMatchObject({ status, type: expect.stringMatching(/^urn:problem-type:rostrum:/) });
  expect(problem.title).not.toBe("");
  expect(problem.detail).not.toBe("");
  return problem;
}

type Problem = { type: string; title: string; status: number; detail: string };

/** The statuses of several answers, lowest first. */
export function statusesOf(answers: Response[]): number[] {
  return answers.map(({ status }) => status).sort((a, b) => a - b);
}

/** The fields that a refusal names. */
export async function pathsOf(response: Response): Promise<string[]> {
  const { errors = [] } = await json<{ errors?: { path: string }[] }>(response);
  return errors.map(({ path }) => path);
}

type Kind = { role?: Role; scope?: "read" | "write"; expired?: boolean; revoked?: boolean; disabled?: boolean };
let accounts = 0;

/** A token of a new account, straight into the database: accounts are not what these tests are about. */
export async function tokenFor({
  role = "analyst",
  scope = "write",
  expired,
  revoked,
  disabled,
}: Kind = {}): Promise<string> {
  const { token, secretHash } = newToken();
  const now = Date.now();
  accounts += 1;
  await database().prisma.user.create({
    data: {
      email: `${role}-${accounts}-${now}@example.org`,
      name: `Analyst ${accounts}`,
      role,
      ...(disabled ? { disabledAt: new Date(now) } : {}),
      tokens: {
        create: {
          secretHash,
          label: "Test",
          scope,
          expiresAt: new Date(now + (expired ? -60_000 : 3_600_000)),
          ...(revoked ? { revokedAt: new Date(now) } : {}),
        },
      },
    },
  });
  return token;
}
