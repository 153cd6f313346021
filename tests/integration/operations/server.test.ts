import type http from "node:http";
import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { unstable_doesMiddlewareMatch as passesProxy } from "next/experimental/testing/server";
import { afterEach, describe, expect, test } from "vitest";
import { serving } from "@/lib/serving";
import { config } from "@/proxy";
import { guarded, listen, stopRequests } from "@/scripts/serve";

const EVERY_ANSWER = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
};

type Handler = Parameters<typeof guarded>[0];
const running: http.Server[] = [];

async function serve(handler: Handler, options: { appUrl?: string; trustProxy?: boolean } = {}): Promise<number> {
  const server = guarded(handler, { appUrl: "http://127.0.0.1:3000", trustProxy: false, dev: false, ...options });
  running.push(server);
  return listen(server, "127.0.0.1", 0);
}

/** What the product would see of a request, as JSON. */
const echo: Handler = async (request, response) => {
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  response.setHeader("X-Powered-By", "Next.js");
  response.end(JSON.stringify({ headers: request.headers, bytes }));
};

type Answer = { status: number; headers: Record<string, string>; body: string };

/** Sends bytes as they are and reads until the server closes. */
async function raw(port: number, text: string): Promise<Answer> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(text);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
  const [first = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
  return { status: Number(first.split(" ")[1]), headers, body };
}

const request = (line: string, ...headers: string[]) =>
  `${[line, "Host: 127.0.0.1", "Connection: close", ...headers].join("\r\n")}\r\n\r\n`;

afterEach(() => {
  serving.draining = false;
  for (const server of running.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe("every answer carries the base headers", () => {
  test.each([
    ["a page", 200, request("GET / HTTP/1.1")],
    ["a method that pages do not have", 405, request("PUT /sign-in HTTP/1.1")],
    ["TRACE on the API", 405, request("TRACE /api/v1/actors HTTP/1.1")],
    ["the image optimizer", 404, request("GET /_next/image?url=%2F&w=64&q=75 HTTP/1.1")],
    ["an absolute target", 400, request("GET http://evil.example/ HTTP/1.1")],
    ["a target with a host in disguise", 400, request("GET //evil.example/ HTTP/1.1")],
    ["a second Host", 400, request("GET / HTTP/1.1", "Host: evil.example")],
    ["no Host", 400, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"],
    [
      "a compressed body",
      415,
      request("POST /api/v1/actors HTTP/1.1", "Content-Encoding: br", "Content-Length: 1") + "x",
    ],
    ["an expectation", 417, request("GET / HTTP/1.1", "Expect: a-miracle")],
    ["headers without end", 431, request("GET / HTTP/1.1", `X-Long: ${"x".repeat(20_000)}`)],
    ["bytes that are no request", 400, "NONSENSE\r\n\r\n"],
    ["two lengths", 400, request("POST / HTTP/1.1", "Content-Length: 1", "Transfer-Encoding: chunked") + "0\r\n\r\n"],
  ])("to %s: %i", async (_, status, text) => {
    const answer = await raw(await serve(echo), text);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(EVERY_ANSWER);
    expect(answer.headers).not.toHaveProperty("x-powered-by");
    expect(answer.headers).not.toHaveProperty("strict-transport-security");
  });

  test("to a handler that fails: 500, without a word of the error", async () => {
    const port = await serve(async () => {
      throw new Error("secret");
    });
    const answer = await raw(port, request("GET / HTTP/1.1"));
    expect(answer.status).toBe(500);
    expect(answer.headers).toMatchObject(EVERY_ANSWER);
    expect(answer.body).not.toContain("secret");
  });

  test("and keeps what a page says itself", async () => {
    const port = await serve(async (_, response) => {
      response.setHeader("Content-Security-Policy", "default-src 'self'");
      response.end();
    });
    expect((await raw(port, request("GET / HTTP/1.1"))).headers["content-security-policy"]).toBe("default-src 'self'");
  });

  test("with HSTS where the address is https, and caching left to the files that never change", async () => {
    const port = await serve(echo, { appUrl: "https://rostrum.example.org" });
    expect((await raw(port, request("GET / HTTP/1.1"))).headers["strict-transport-security"]).toMatch(
      /^max-age=31536000/,
    );
    expect((await raw(port, request("GET /_next/static/chunks/a.js HTTP/1.1"))).headers).not.toHaveProperty(
      "cache-control",
    );
    expect((await raw(port, "NONSENSE\r\n\r\n")).headers).toHaveProperty("strict-transport-security");
  });
});

describe("what a stranger writes about a request is replaced", () => {
  const forged = request(
    "GET /dialogues?q=1 HTTP/1.1",
    "X-Forwarded-For: 203.0.113.7, 198.51.100.9",
    "X-Forwarded-Host: evil.example",
    "X-Rostrum-Address: 203.0.113.7",
    "X-Rostrum-Path: /people",
    "X-Rostrum-Request-Id: forged",
    "X-Request-Id: forged",
    "X-Middleware-Subrequest: proxy",
  );

  test("address, request id and forwarded host", async () => {
    const answer = await raw(await serve(echo), forged);
    const { headers } = JSON.parse(answer.body) as { headers: Record<string, string> };
    expect(headers).toMatchObject({ "x-rostrum-address": "127.0.0.1", "x-rostrum-path": "/dialogues?q=1" });
    expect(headers["x-rostrum-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers["x-request-id"]).toBe(headers["x-rostrum-request-id"]);
    expect(Object.keys(headers).filter((name) => /forwarded|middleware|^x-request-id$/.test(name))).toEqual([]);
  });

  test("behind a trusted proxy the last hop is the address", async () => {
    const { headers } = JSON.parse((await raw(await serve(echo, { trustProxy: true }), forged)).body) as {
      headers: Record<string, string>;
    };
    expect(headers["x-rostrum-address"]).toBe("198.51.100.9");
    expect(headers).not.toHaveProperty("x-forwarded-host");
  });
});

describe("a large body", () => {
  test("arrives whole", async () => {
    const port = await serve(echo);
    const body = Buffer.alloc(12 * 1024 * 1024, "x");
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/actors`, { method: "POST", body });
    expect(((await answer.json()) as { bytes: number }).bytes).toBe(body.length);
  });

  test("to the API does not pass the proxy of Next, which would cut it at 10 MB", () => {
    for (const url of [
      "/api/v1/actors",
      "/api/v1/dialogues/unga-r2p-2017/participants/import",
      "/api",
      "/api/auth/session",
    ]) {
      expect([url, passesProxy({ config, url })]).toEqual([url, false]);
    }
    expect(passesProxy({ config, url: "/dialogues" })).toBe(true);
  });
});

describe("a slow or stopping server", () => {
  test("gives up on headers that are dripped, after 10 seconds", async () => {
    const socket = net.connect(await serve(echo), "127.0.0.1");
    const from = Date.now();
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n");
    const drip = setInterval(() => socket.writable && socket.write("X-Slow: 1\r\n"), 1000);
    socket.on("error", () => {});
    let answer = "";
    socket.on("data", (chunk) => (answer += String(chunk)));
    await new Promise((resolve) => socket.once("close", resolve));
    clearInterval(drip);
    expect(Date.now() - from).toBeLessThan(15_000);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain("X-Content-Type-Options: nosniff");
  });

  test("finishes what runs, takes nothing new, and says so first", async () => {
    const port = await serve(async (_, response) => {
      await sleep(500);
      response.end("finished");
    });
    const [server] = running;
    if (!server) throw new Error("A server runs");
    const running1 = fetch(`http://127.0.0.1:${port}/`);
    await sleep(100);
    const stopped = stopRequests(server, 50);
    expect(serving.draining).toBe(true);
    const answer = await running1;
    expect(answer.headers.get("connection")).toBe("close");
    expect(await answer.text()).toBe("finished");
    await stopped;
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test("turns a failed page into 503 when the database was what failed", async () => {
    const { markUnavailable } = await import("@/lib/request-context");
    const port = await serve(async (_, response) => {
      markUnavailable();
      response.statusCode = 500;
      response.end("Internal Server Error");
    });
    const answer = await raw(port, request("GET / HTTP/1.1"));
    expect(answer.status).toBe(503);
    expect(answer.headers["retry-after"]).toBe("5");
  });
});
