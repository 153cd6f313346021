// The server that owns the sockets: guards every request, lends it to Next, and stops in order.
import { AsyncLocalStorage } from "node:async_hooks";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import type { RequestContext } from "../lib/request-context";
import { serving } from "../lib/serving";
import { complete } from "./answer";
import { baseHeaders, rawAnswer, refusalBody, refuse, stamp, type Reached } from "./guard";
import { ROOT } from "./install.mjs";
import { linger } from "./linger";
import { logConsole } from "./next-console";
import { Refusal } from "./refusal.mjs";

export type Served = {
  /** The port that is listened on. */
  port: number;
  /** Ends the server as `stopRequests` does, then what the product has open. */
  stop(drain?: number): Promise<void>;
};

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => Promise<void>;

const contexts = new AsyncLocalStorage<RequestContext>();
// lib/request-context.ts, which Next bundles apart from this file, finds it here.
Object.assign(globalThis, { rostrumRequests: contexts });

const isStatic = (url: string) => url.startsWith("/_next/static/");

/** One server around `handler`, not yet listening. */
export function guarded(handler: Handler, reached: Reached): http.Server {
  const base = baseHeaders(reached.appUrl);
  // Next marks its immutable files itself, but only where nobody did before; a missing one is no-store by Next's own 404.
  const { "Cache-Control": _, ...staticBase } = base;
  const answer = (request: http.IncomingMessage, response: http.ServerResponse) => {
    const refused = refuse(request, reached);
    const context: RequestContext = { id: stamp(request, reached), unavailable: false };
    linger(request, response);
    complete(request, response, isStatic(request.url ?? "") ? staticBase : base, context);
    if (refused) {
      const { type, body } = refusalBody(request.url ?? "", refused);
      // What follows a request that was not understood would not be understood either.
      if (refused.status === 400) response.setHeader("Connection", "close");
      response.writeHead(refused.status, { "Content-Type": type, ...refused.headers });
      return response.end(body);
    }
    return contexts.run(context, () =>
      handler(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" });
        response.end("Something went wrong on our side.\n");
      }),
    );
  };
  // requireHostHeader off: Node's own refusal would go out without our headers; `refuse` counts the headers.
  const server = http.createServer(
    { requireHostHeader: false, connectionsCheckingInterval: 2000 },
    (request, response) => void answer(request, response),
  );
  server.headersTimeout = 10_000;
  server.on("checkExpectation", (request: http.IncomingMessage, response: http.ServerResponse) => {
    complete(request, response, base, { id: stamp(request, reached), unavailable: false });
    response.writeHead(417, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
    response.end("This expectation cannot be met.\n");
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code !== "ECONNRESET" && socket.writable) socket.end(rawAnswer(error.code, reached.appUrl));
    else socket.destroy();
  });
  return server;
}

/** Listens, or says in one sentence why not. */
export function listen(server: http.Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: `PORT ${port} on ${host} is taken by another program; stop it, or set PORT to another number.`,
        EACCES: `PORT ${port} may not be used by this user; set PORT to a number above 1023.`,
        EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.`,
        ENOTFOUND: `HOST ${host} is not known.`,
      };
      reject(
        new Refusal(
          reasons[error.code ?? ""] ??
            `The server cannot listen on ${host}:${port} (${error.code ?? "unknown error"}).`,
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** @throws Refusal one sentence when the address cannot be listened on now */
export async function refuseBusyPort(host: string, port: number): Promise<void> {
  const probe = http.createServer();
  await listen(probe, host, port);
  await new Promise((resolve) => probe.close(resolve));
}

/** The pool of the product, where lib/database.ts left it: Next bundles that module apart from this file. */
async function closePool(): Promise<void> {
  type Open = { prisma: { $disconnect(): Promise<void> } };
  const { rostrumDatabase, rostrumLongWork } = globalThis as typeof globalThis & {
    rostrumDatabase?: Open;
    rostrumLongWork?: Open;
  };
  await Promise.all([rostrumDatabase, rostrumLongWork].map(async (open) => open?.prisma.$disconnect()));
}

/**
 * Ends a server without cutting anybody off: readiness turns 503, `drain` milliseconds later no new connection is taken, and
 * requests that run get 15 seconds more.
 */
export async function stopRequests(server: http.Server, drain: number): Promise<void> {
  serving.draining = true;
  await sleep(drain);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await Promise.race([closed, sleep(15_000, undefined, { ref: false })]);
  server.closeAllConnections();
}

/** Next tells how long its configuration took; a start has lines enough. */
async function withoutChatter<T>(quiet: boolean, work: () => Promise<T>): Promise<T> {
  const { log } = console;
  if (quiet) console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}

/**
 * Serves the built product (or the sources, with `dev`). The environment must hold DATABASE_URL of the application's role,
 * APP_URL and AUTH_SECRET.
 * @param migrations names that the database must have for /api/health/ready
 */
export async function serve(options: Reached & { host: string; port: number; migrations: string[] }): Promise<Served> {
  serving.migrations = options.migrations;
  serving.draining = false;
  if (!options.dev) {
    logConsole(contexts);
    // Advice for those who develop the packages, not for those who run the product.
    process.noDeprecation = true;
  }
  let handler: Handler = async () => {};
  const server = guarded((request, response) => handler(request, response), options);
  const app = next({
    dev: options.dev,
    dir: ROOT,
    hostname: options.host,
    port: options.port,
    // Next adds a WebSocket listener to the server that it is given. Only a development server needs one.
    httpServer: options.dev ? server : http.createServer(),
  });
  await withoutChatter(!options.dev, () => app.prepare());
  handler = app.getRequestHandler();
  const port = await listen(server, options.host, options.port);
  return {
    port,
    stop: async (drain = 0) => {
      await stopRequests(server, drain);
      await Promise.race([app.close(), sleep(1000, undefined, { ref: false })]);
      await Promise.race([closePool(), sleep(1000, undefined, { ref: false })]);
    },
  };
}
