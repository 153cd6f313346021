import { createHash } from "node:crypto";
import fs from "node:fs";
import { parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { call, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

useDatabase("record");
let token = "";

type Resource = { path: string; bytes: number; hash: string; schema: { fields: { name: string; type: string }[] } };
type Descriptor = { created: string; codebook: number; auditHead: string; resources: Resource[] };
type Row = Record<string, string>;

async function download(): Promise<Record<string, Uint8Array>> {
  const response = await call("GET", "/export.zip", { token });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/zip");
  expect(response.headers.get("content-disposition")).toContain('filename="rostrum-record.zip"');
  return unzipSync(new Uint8Array(await response.arrayBuffer()));
}
const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("utf8");
const rows = (bytes: Uint8Array | undefined): Row[] => parse(Buffer.from(bytes ?? []), { columns: true, bom: true });
const shipped = (file: string): Row[] => parse(fs.readFileSync(`prisma/reference/${file}`), { columns: true });
const describes = (files: Record<string, Uint8Array>) => JSON.parse(text(files["datapackage.json"])) as Descriptor;

beforeAll(async () => {
  token = await tokenFor();
});

describe("GET /export.zip", () => {
  it("is a Data Package whose descriptor fits every file: columns, sizes, hashes, CRLF and a byte order mark", async () => {
    const files = await download();
    const { resources, codebook, auditHead, created } = describes(files);
    expect(codebook).toBe(1);
    expect(auditHead).toMatch(/^[0-9a-f]{64}$/);
    expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Object.keys(files).sort()).toEqual([...resources.map(({ path }) => path), "datapackage.json"].sort());
    for (const { path, bytes, hash, schema } of resources) {
      const file = files[path] ?? new Uint8Array();
      expect(file.length, path).toBe(bytes);
      expect(`sha256:${createHash("sha256").update(file).digest("hex")}`).toBe(hash);
      const [header] = text(file).replace("\uFEFF", "").split("\r\n");
      expect(header, path).toBe(schema.fields.map(({ name }) => name).join(","));
      expect(text(file).startsWith("\uFEFF")).toBe(true);
      const records = rows(file);
      for (const { name, type } of schema.fields) {
        const pattern = { integer: /^(-?\d+)?$/, date: /^(\d{4}-\d\d-\d\d)?$/, boolean: /^(true|false)$/ }[type];
        if (pattern) for (const record of records) expect(record[name], `${path} ${name}`).toMatch(pattern);
      }
    }
  });

  it("holds the record as it was loaded", async () => {
    const files = await download();
    for (const file of ["statements.csv", "memberships.csv", "dialogues.csv", "roll-calls.csv", "votes.csv"]) {
      const sorted = (list: Row[]) =>
        list.map((row) => JSON.stringify(Object.entries(row).map(([, value]) => value.replace(/^'/, "")))).toSorted();
      expect(sorted(rows(files[file])), file).toEqual(sorted(shipped(file)));
    }
    const names = (list: Row[]) => new Set(list.map(({ actor, name }) => `${actor} ${name}`));
    const exported = names(rows(files["actor-names.csv"]));
    expect([...names(shipped("actor-names.csv"))].filter((one) => !exported.has(one))).toEqual([]);
    const coded = (list: Row[]) =>
      list.map(({ actor, issue, value, year }) => `${year} ${actor} ${issue} ${value}`).toSorted();
    expect(coded(rows(files["positions.csv"]))).toEqual(coded(shipped("positions.csv")));
  });

  it("keeps texts with line ends, quotes and formulas, and leaves out what was withdrawn", async () => {
    const body = { speaker: "DNK", printed: "=1+1", note: 'He said "no",\nthen left.' };
    const made = await call("POST", "/dialogues/unga-r2p-2024/statements", { token, body });
    const { id } = await json<{ id: string }>(made);
    const find = async () =>
      rows((await download())["statements.csv"]).filter(
        ({ dialogue, note }) => dialogue === "unga-r2p-2024" && note?.includes("then left"),
      );
    expect(await find()).toMatchObject([{ speaker: "DNK", printed: "'=1+1", note: body.note, represents: "own" }]);
    await call("DELETE", `/statements/${id}?reason=Test`, { token, headers: { "If-Match": '"1"' } });
    expect(await find()).toEqual([]);
  });

  it("gives back its connection when the client goes away", async () => {
    for (let round = 0; round < 6; round += 1) {
      const response = await call("GET", "/export.zip", { token });
      expect(response.status).toBe(200);
      const reader = response.body?.getReader();
      await reader?.read();
      await reader?.cancel();
    }
    expect(Object.keys(await download())).toContain("actors.csv");
  });
});
