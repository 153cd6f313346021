import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { parse, refuseForeignOrigin } from "@/lib/action";
import { grant, type Caller, type Identity } from "@/lib/auth/caller";
import { currentIdentity } from "@/lib/auth/identity";
import type { Permission } from "@/lib/auth/permissions";
import { identityOfBearer } from "@/lib/auth/token";
import { canonicalJson } from "@/lib/canonical-json";
import { DomainError, invalid } from "@/lib/errors";
import { log } from "@/lib/log";
import { API_HEADERS, etagOf, HttpRefusal, problem } from "@/lib/problem";
import { readJson, refuseUnstorable } from "@/lib/request-json";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** Whether an operation needs If-Match: `if_there` is for a PUT that also makes what is not there yet, and `run` decides. */
type Change = boolean | "if_there";
/** What `run` gets of it. */
type VersionOf<C extends Change> = C extends true ? number : C extends "if_there" ? number | null : null;

/** What the description of the API says of an operation, from the same schemas that check its input. */
export type Described = {
  summary: string;
  description?: string;
  permission: Permission;
  params: z.ZodObject;
  query: z.ZodObject;
  /** Absent: the operation takes no JSON. */
  body?: z.ZodType;
  /** True: it takes a file. */
  file: boolean;
  /** Whether the request has to say, by If-Match, which version it changes. */
  change: Change;
  status: 200 | 201 | 204;
  /** The JSON of the answer, or the media type of the file. */
  answer: z.ZodType | string;
};

/** No parameters at all. */
const NOTHING = z.strictObject({});
type Nothing = typeof NOTHING;

type Incoming = { identity: Identity; request: Request; params: Record<string, unknown> };

/** One method of one address: what the description says of it, and what it does. */
export type Operation = Described & { handle: (incoming: Incoming) => Promise<Response> };

type Given<Params, Query, Body, Version> = {
  params: Params;
  query: Query;
  body: Body;
  version: Version;
  request: Request;
};

type Common<
  P extends Permission,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  C extends Change,
> = {
  summary: string;
  description?: string;
  permission: P;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Needs If-Match; `run` gets the version that it names. */
  change?: C;
  /** Most bytes of the body, where 1 MB is too little. */
  bodyLimit?: number;
  /** True when the body is a file of any type: `run` reads it from the request. */
  file?: boolean;
  run: (
    caller: Caller<P>,
    given: Given<z.output<Params>, z.output<Query>, z.output<Body>, VersionOf<C>>,
  ) => Promise<unknown>;
};

type JsonOperation<
  P extends Permission,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  C extends Change,
  R extends z.ZodType,
> = Common<P, Params, Query, Body, C> & {
  response: R;
  /** 201 for what makes a record, 204 for what answers nothing. */
  status?: 200 | 201 | 204;
  /** Address of the new record, for 201. */
  location?: (data: z.output<R>) => string;
  run: (
    caller: Caller<P>,
    given: Given<z.output<Params>, z.output<Query>, z.output<Body>, VersionOf<C>>,
  ) => Promise<z.input<R>>;
};

const NO_BODY = z.strictObject({}, "This takes no body.").optional();

/** If-Match as a version. Only strong validators of ours can match (RFC 9110, section 13.1.1). */
function versionOf(request: Request): number {
  const header = request.headers.get("if-match")?.trim();
  if (!header || header === "*") {
    throw new DomainError({
      code: "PRECONDITION_REQUIRED",
      message: 'Send If-Match with the ETag of the record that you change, for example "3".',
    });
  }
  if (!/^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(header)) {
    throw invalid("If-Match", 'Send one ETag as it was given, with its quotation marks, for example "3".');
  }
  const version = /^"([1-9]\d{0,9})"$/.exec(header)?.[1];
  if (!version || Number(version) > 2_147_483_647) {
    throw new DomainError({ code: "STALE", message: "The record has another ETag than the one in If-Match." });
  }
  return Number(version);
}

function versionGiven(change: Change, request: Request): number | null {
  if (change === false || (change === "if_there" && !request.headers.has("if-match"))) return null;
  return versionOf(request);
}

function parseParams<S extends z.ZodObject>(schema: S, params: Record<string, unknown>): z.output<S> {
  const parsed = schema.safeParse(params);
  // An address that no record can have: the same answer as for one that no record has.
  if (!parsed.success) throw new DomainError({ code: "NOT_FOUND" });
  return parsed.data;
}

/** The query as single texts; an empty one counts as not given, a repeated one is refused. */
function queryOf(url: URL, known: z.ZodObject): Record<string, string> {
  const names = [...url.searchParams.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw invalid(repeated, "This was given more than once.");
  const given = [...url.searchParams].filter(([name, value]) => value !== "" || !(name in known.shape));
  const query = Object.fromEntries(given);
  refuseUnstorable(query);
  return query;
}

function idempotencyOf(request: Request, url: URL, body: unknown): { key: string; fingerprint: string } | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null || request.method === "GET" || request.method === "HEAD") return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalid("Idempotency-Key", "Use 1 to 255 visible ASCII characters without spaces.");
  }
  const parts = [request.method, url.pathname, url.search, request.headers.get("if-match"), canonicalJson(body)];
  return { key, fingerprint: createHash("sha256").update(JSON.stringify(parts)).digest("hex") };
}

function prepare<
  P extends Permission,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  C extends Change,
>(definition: Common<P, Params, Query, Body, C>) {
  const params = (definition.params ?? NOTHING) as Params;
  const query = (definition.query ?? NOTHING) as Query;
  const bodySchema = definition.body ?? NO_BODY;

  async function run({ identity, request, params: path }: Incoming): Promise<unknown> {
    // Before anything of the request is looked at.
    grant(identity, definition.permission);
    const url = new URL(request.url);
    const reads = request.method === "GET" || request.method === "HEAD";
    const given = {
      params: parseParams(params, path),
      query: parse(query, queryOf(url, query)),
      version: versionGiven(definition.change ?? false, request) as VersionOf<C>,
    };
    const raw = reads || definition.file ? undefined : await readJson(request, definition.bodyLimit);
    if (raw === undefined && definition.body && !definition.body.safeParse(undefined).success) {
      throw new HttpRefusal(400, "A JSON body is needed.");
    }
    const body = (reads ? undefined : parse(bodySchema, raw)) as z.output<Body>;
    const idempotency = idempotencyOf(request, url, raw);
    const caller = grant(identity, definition.permission, idempotency ? { idempotency } : {});
    return definition.run(caller, { ...given, body, request });
  }

  const { summary, description, permission, body, change = false, file = false } = definition;
  const described = {
    file,
    summary,
    permission,
    params,
    query,
    change,
    ...(description ? { description } : {}),
    ...(body ? { body } : {}),
  };
  return { run, described };
}

/** An operation that answers JSON. What `run` returns is checked against `response`, and only its fields are sent. */
export function operation<
  P extends Permission,
  R extends z.ZodType,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodType = z.ZodUndefined,
  C extends Change = false,
>(definition: JsonOperation<P, Params, Query, Body, C, R>): Operation {
  const { run, described } = prepare(definition);
  const { response, status = 200, location } = definition;

  async function handle(incoming: Incoming): Promise<Response> {
    const result = await run(incoming);
    if (status === 204) return new Response(null, { status, headers: API_HEADERS });
    const data = response.parse(result);
    const etag = etagOf(data);
    const headers = {
      ...API_HEADERS,
      "Content-Type": "application/json",
      ...(etag ? { ETag: etag } : {}),
      ...(location ? { Location: location(data) } : {}),
    };
    return new Response(JSON.stringify(data), { status, headers });
  }
  return { ...described, status, answer: response, handle };
}

/** An operation whose body is a file, which `run` reads from the request; it answers JSON as `operation` does. */
export function upload<P extends Permission, R extends z.ZodType, Query extends z.ZodObject = Nothing>(
  definition: JsonOperation<P, Nothing, Query, z.ZodUndefined, false, R>,
): Operation {
  return operation({ ...definition, file: true });
}

/**
 * An operation that answers with a file of one media type; `run` returns the whole response. `content` describes the file
 * where it is JSON; it is sent as it is made, unchecked.
 */
export function download<
  P extends Permission,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
>(
  definition: Common<P, Params, Query, z.ZodUndefined, false> & {
    media: string;
    content?: z.ZodType;
    run: (caller: Caller<P>, given: Given<z.output<Params>, z.output<Query>, undefined, null>) => Promise<Response>;
  },
): Operation {
  const { run, described } = prepare(definition);

  async function handle(incoming: Incoming): Promise<Response> {
    const file = (await run(incoming)) as Response;
    for (const [name, value] of Object.entries(API_HEADERS)) file.headers.set(name, value);
    return file;
  }
  return { ...described, status: 200, answer: definition.content ?? definition.media, handle };
}

async function identify(request: Request): Promise<Identity> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const token = /^bearer +([\x21-\x7e]{1,500})$/i.exec(authorization.trim())?.[1];
    const identity = token ? await identityOfBearer(token) : null;
    if (identity) return identity;
    throw new DomainError({ code: "UNAUTHENTICATED", message: "This token is unknown, expired or revoked." });
  }
  const identity = request.headers.has("cookie") ? await currentIdentity() : null;
  if (!identity)
    throw new DomainError({ code: "UNAUTHENTICATED", message: "Send a token: Authorization: Bearer TOKEN." });
  // A browser sends its cookie along with a request that another site made it send; a token it does not.
  if (request.method !== "GET" && request.method !== "HEAD") await refuseForeignOrigin();
  return identity;
}

/** Next gives no params at all to a route without a part in brackets. */
type Context = { params: Promise<Record<string, string | string[] | undefined> | undefined> };
type Handler = (request: Request, context: Context) => Promise<Response>;
export type Handlers = Record<Method | "HEAD" | "OPTIONS", Handler>;

/** What an address does, for the description: kept apart from the handlers, since Next allows nothing else in a route file. */
const described = new WeakMap<Handler, Partial<Record<Method, Operation>>>();

/** The operations behind a handler that `defineRoute` made. */
export function operationsOf(handler: Handler): Partial<Record<Method, Operation>> {
  return described.get(handler) ?? {};
}

function allowOf(operations: Partial<Record<Method, Operation>>): string {
  const methods = METHODS.filter((method) => operations[method]);
  return ["OPTIONS", ...(operations.GET ? ["HEAD"] : []), ...methods].sort().join(", ");
}

type Answered = { response: Response; userId: string | null };

async function answerTo(
  operations: Partial<Record<Method, Operation>>,
  request: Request,
  context: Context,
): Promise<Answered> {
  const allow = allowOf(operations);
  const operation = operations[(request.method === "HEAD" ? "GET" : request.method) as Method];
  let identity: Identity | null = null;
  try {
    if (!operation && request.method !== "OPTIONS") {
      throw new HttpRefusal(405, `This address answers ${allow}.`, { Allow: allow });
    }
    identity = await identify(request);
    const response = operation
      ? await operation.handle({ identity, request, params: (await context.params) ?? {} })
      : new Response(null, { status: 204, headers: { ...API_HEADERS, Allow: allow } });
    return { response, userId: identity.userId };
  } catch (error) {
    return { response: problem(error), userId: identity?.userId ?? null };
  }
}

async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

function handlersOf(pattern: string, respond: (request: Request, context: Context) => Promise<Answered>): Handlers {
  const handler: Handler = async (request, context) => {
    const start = performance.now();
    const { response, userId } = await respond(request, context);
    log.info({
      event: "api.answered",
      requestId: request.headers.get("x-rostrum-request-id"),
      userId,
      method: request.method,
      route: pattern,
      status: response.status,
      ms: Math.round(performance.now() - start),
    });
    return request.method === "HEAD" ? withoutBody(response) : response;
  };
  return {
    GET: handler,
    HEAD: handler,
    OPTIONS: handler,
    POST: handler,
    PUT: handler,
    PATCH: handler,
    DELETE: handler,
  };
}

/**
 * All handlers of one address, for `export const { GET, HEAD, … } = defineRoute("/actors/{ref}", { GET: operation(…) })`.
 * Methods without an operation answer 405, so every route file exports all seven names. `pattern` is the address below
 * /api/v1 as OpenAPI writes it; it is what the log names. Errors become problem+json; nothing is thrown.
 */
export function defineRoute(pattern: string, operations: Partial<Record<Method, Operation>>): Handlers {
  const handlers = handlersOf(pattern, (request, context) => answerTo(operations, request, context));
  described.set(handlers.GET, operations);
  return handlers;
}

/** Answers 404 to every method: for addresses below /api that nothing else answers. */
export function defineNowhere(): Handlers {
  return handlersOf("unknown", async () => ({
    response: problem(new DomainError({ code: "NOT_FOUND", message: "There is nothing at this address." })),
    userId: null,
  }));
}
