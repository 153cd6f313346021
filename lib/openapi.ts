import "server-only";
import { z } from "zod";
import { createDocument, type oas31, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { PERMISSIONS } from "@/lib/auth/permissions";
import { PROBLEMS, problemType, type ProblemStatus } from "@/lib/problem";
import { METHODS, type Described, type Method, type Operation } from "@/lib/route";

/** The operations of one address, by method. */
export type Operations = Partial<Record<Method, Operation>>;

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("A sentence for people"),
    errors: z
      .array(
        z.object({
          path: z.string().describe("Dotted path of the field, for example represents.0.actor"),
          message: z.string(),
        }),
      )
      .optional(),
    current: z.unknown().optional().describe("With 412: the record as it stands now"),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem details" });

const FILE: oas31.SchemaObject = { type: "string", contentMediaType: "application/octet-stream" };

const etag = z.string().meta({ description: "Version of the record, for If-Match", examples: ['"3"'] });

function problemAnswer(status: ProblemStatus) {
  return {
    id: `Problem${status}`,
    description: `${PROBLEMS[status].title} (${problemType(status)})`,
    content: { "application/problem+json": { schema: problemSchema } },
  };
}

const ANSWERS = new Map(
  Object.keys(PROBLEMS).map((key) => {
    const status = Number(key) as ProblemStatus;
    return [status, problemAnswer(status)] as const;
  }),
);

function problemsOf({ method, change, params, query, body }: Described & { method: Method }): ProblemStatus[] {
  const writes = method !== "GET";
  const takesInput = writes || Object.keys(query.shape).length > 0;
  return [
    ...(writes ? ([400, 413, 415] as const) : []),
    ...([401, 403] as const),
    ...(Object.keys(params.shape).length > 0 ? ([404] as const) : []),
    ...(body ? ([409] as const) : []),
    ...(change ? ([412, 428] as const) : []),
    ...(takesInput ? ([422] as const) : []),
    ...([429, 500, 503] as const),
  ];
}

function headersOf({ method, change }: Pick<Described, "change"> & { method: Method }): z.ZodObject | undefined {
  if (method === "GET") return undefined;
  const idempotencyKey = z.string().min(1).max(255).optional().meta({
    description: "Visible ASCII. A repeat with the same key and request gets the first answer and writes nothing",
  });
  const ifMatch = z.string().meta({ description: "ETag of the record that is changed", examples: ['"3"'] });
  if (!change) return z.object({ "Idempotency-Key": idempotencyKey });
  return z.object({
    "If-Match": change === "if_there" ? ifMatch.optional() : ifMatch,
    "Idempotency-Key": idempotencyKey,
  });
}

function success({ status, answer }: Described) {
  if (status === 204) return { description: "Done" };
  if (typeof answer === "string") {
    const schema: oas31.SchemaObject = { type: "string", contentMediaType: answer };
    return { description: "The file", content: { [answer]: { schema } } };
  }
  const versioned = answer instanceof z.ZodObject && "version" in answer.shape;
  const location = z.string().meta({ description: "Address of the new record" });
  const headers = { ...(versioned ? { ETag: etag } : {}), ...(status === 201 ? { Location: location } : {}) };
  return {
    description: status === 201 ? "Recorded" : "The answer",
    content: { "application/json": { schema: answer } },
    ...(Object.keys(headers).length > 0 ? { headers: z.object(headers) } : {}),
  };
}

/** "getActorsRef": from the method and the address, so that it is stable and unique. */
function operationId(pattern: string, method: Method): string {
  const words = pattern.split(/[^a-z0-9]+/i).filter((word) => word !== "");
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function describe(pattern: string, method: Method, operation: Operation): ZodOpenApiOperationObject {
  const { summary, description, permission, params, query, body, file, status } = operation;
  const header = headersOf({ method, change: operation.change });
  const needs = `Needs the permission \`${permission}\`: ${PERMISSIONS[permission].allows.toLowerCase()}.`;
  const problems = problemsOf({ ...operation, method }).map((code) => [String(code), ANSWERS.get(code)]);
  return {
    operationId: operationId(pattern, method),
    tags: [pattern.split("/")[1] ?? ""],
    summary,
    description: description ? `${description}\n\n${needs}` : needs,
    requestParams: {
      ...(Object.keys(params.shape).length > 0 ? { path: params } : {}),
      ...(Object.keys(query.shape).length > 0 ? { query } : {}),
      ...(header ? { header } : {}),
    },
    ...(body
      ? {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: { "application/json": { schema: body } },
          },
        }
      : {}),
    ...(file ? { requestBody: { required: true, content: { "application/octet-stream": { schema: FILE } } } } : {}),
    responses: { [String(status)]: success(operation), ...Object.fromEntries(problems) },
  };
}

/** Zod bounds each integer by what a JavaScript number can hold, which says nothing about ours. */
function withoutSafeIntegers({ jsonSchema }: { jsonSchema: { minimum?: number; maximum?: number } }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

/**
 * The description of the API as OpenAPI 3.1, made from the schemas that check requests and answers. `routes` maps an
 * address below /api/v1, as OpenAPI writes it, to its operations.
 */
export function openApiDocument(routes: Record<string, Operations>) {
  const paths: ZodOpenApiPathsObject = {};
  for (const [pattern, operations] of Object.entries(routes)) {
    const described = METHODS.flatMap((method) => {
      const operation = operations[method];
      return operation ? [[method.toLowerCase(), describe(pattern, method, operation)]] : [];
    });
    paths[pattern] = Object.fromEntries(described);
  }
  return createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Rostrum",
        version: "1",
        description:
          "The record of who spoke, for whom, and where they stand. Days are YYYY-MM-DD, ids are UUIDs, texts are UTF-8.",
        license: { name: "MIT", identifier: "MIT" },
      },
      servers: [{ url: "/api/v1" }],
      security: [{ token: [] }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer", description: "An API token" } } },
      paths,
    },
    { override: withoutSafeIntegers },
  );
}
