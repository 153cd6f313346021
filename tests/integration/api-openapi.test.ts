import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { call, json, routeFiles, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { addShift } from "@/tests/support/shift";

const database = useDatabase("record");

type Json = Record<string, unknown>;
type Described = {
  operationId: string;
  parameters?: { in: string; name: string; required?: boolean }[];
  responses: Record<string, { content?: Record<string, { schema: Json }>; $ref?: string }>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Json> };
};

let token = "";
let document: Document;
/** Of the record's own statements none has a text. */
let text = "none";
let quotation = "none";
let file = "none";
let view = "none";
let shift = "none";

beforeAll(async () => {
  token = await tokenFor({ role: "admin" });
  const of = await addressOf("/statements/{id}");
  const put = await call("PUT", `${of}/text`, { token, body: { language: "en", text: "We thank the Chair." } });
  text = (await json<{ id: string }>(put)).id;
  const quoted = await call("POST", `${of}/quotations`, { token, body: { quote: "the Chair" } });
  quotation = (await json<{ id: string }>(quoted)).id;
  const words = new Uint8Array(Buffer.from("We thank the Chair."));
  file = (await json<{ id: string }>(await call("POST", "/documents?fileName=a.txt", { token, body: words }))).id;
  const saved = await call("POST", "/views", { token, body: { name: "A view", address: "/positions" } });
  view = (await json<{ id: string }>(saved)).id;
  shift = await addShift(async (sql) => (await database.sql<{ value: string }>(sql))[0]?.value ?? "none");
  document = await json<Document>(await call("GET", "/openapi.json", { token }));
});

/** A schema of the document as zod reads it: its references lead into the schema itself. */
function validator(schema: Json): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  return z.fromJSONSchema(JSON.parse(text.replaceAll("#/components/schemas/", "#/$defs/")) as Json);
}

function operations(): { path: string; method: string; operation: Described }[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
}

/** Records that the shipped data has, for the parameters of an address. */
async function addressOf(path: string): Promise<string> {
  const first = async (list: string): Promise<string> =>
    (await json<{ data: { id: string }[] }>(await call("GET", `${list}?limit=1`, { token }))).data[0]?.id ?? "none";
  if (path.startsWith("/actors/{ref}/members/"))
    return `/actors/nordic/members/${await first("/actors/nordic/members")}`;
  if (path === "/actors/{ref}/members") return "/actors/european-union/members";
  if (path.startsWith("/statements/")) {
    return path.replace("{id}", await first("/dialogues/unga-r2p-2017/statements"));
  }
  if (path.startsWith("/texts/")) return path.replace("{id}", text).replace("{version}", "1");
  if (path.startsWith("/documents/")) return path.replace("{id}", file);
  if (path.startsWith("/quotations/")) return path.replace("{id}", quotation);
  if (path.startsWith("/reports/")) return `/reports/${await first("/reports")}`;
  if (path.startsWith("/views/")) return path.replace("{id}", view);
  if (path.startsWith("/votes/")) return path.replace("{ref}", "a-res-75-277");
  if (path.startsWith("/shifts/")) return path.replace("/shifts/{actor}/{earlier}/{later}", shift);
  if (path.startsWith("/compare")) return `${path}?actors=DNK,nordic`;
  if (path === "/search") return "/search?q=responsibility";
  if (path.startsWith("/codebook/")) return path.replace("{code}", "formal_agenda");
  return path.replace("{ref}", "DNK").replace("{slug}", "unga-r2p-2017");
}

describe("the description of the API", () => {
  it("is OpenAPI 3.1 and has every route file, each method of it, and nothing else", async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.paths).sort()).toEqual(routeFiles());
    for (const path of routeFiles()) {
      const address = path.replace(/\{\w+\}/g, "x");
      const allow = (await call("OPTIONS", address, { token })).headers.get("allow")?.split(", ");
      const described = Object.keys(document.paths[path] ?? {}).map((method) => method.toUpperCase());
      expect(described.sort(), path).toEqual(allow?.filter((method) => method !== "HEAD" && method !== "OPTIONS"));
    }
  });

  it("has no reference that leads nowhere, no two operations of one name, and every parameter of an address", () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g);
    for (const [, reference] of references) {
      const found = reference
        ?.split("/")
        .reduce<unknown>((inside, key) => (inside as Json | undefined)?.[key], document);
      expect(found, reference).toBeDefined();
    }
    const names = operations().map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const { path, operation } of operations()) {
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(
        declared.map(({ name }) => `{${name}}`),
        path,
      ).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  it("describes what GET answers", async () => {
    const reads = operations().filter(({ method }) => method === "GET");
    for (const { path, operation } of reads) {
      const response = await call("GET", await addressOf(path), { token });
      expect(response.status, `${path} ${await response.clone().text()}`.slice(0, 500)).toBe(200);
      const [media, content] = Object.entries(operation.responses["200"]?.content ?? {})[0] ?? [];
      expect(response.headers.get("content-type")?.split(";")[0], path).toBe(media);
      if (media !== "application/json" || !content) continue;
      const parsed = validator(content.schema).safeParse(await response.json());
      expect(parsed.error?.issues.slice(0, 3), path).toBeUndefined();
    }
  });

  it("describes refusals", async () => {
    const problem = validator(document.components.schemas.Problem ?? {});
    for (const [method, path, status] of [
      ["GET", "/actors?limit=0", 422],
      ["GET", "/actors/nobody", 404],
      ["PATCH", "/actors/DNK", 428],
      ["POST", "/actors", 400],
    ] as const) {
      const response = await call(method, path, { token });
      expect(response.status).toBe(status);
      expect(problem.safeParse(await response.json()).error, path).toBeUndefined();
      const described = document.paths[path.replace(/\?.*/, "").replace(/\/(nobody|DNK)/, "/{ref}")];
      expect(Object.keys(described?.[method.toLowerCase()]?.responses ?? {})).toContain(String(status));
    }
  });
});
