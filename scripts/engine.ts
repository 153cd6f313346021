// Prisma's schema engine, in its WebAssembly build: compares a database with the schema and writes the SQL between them.
// The stock command line wants a native engine that its install script downloads; this needs nothing but npm.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { ROOT } from "./install.mjs";

/** Catalog types that adapter-pg cannot name ("char", regproc, regclass); their text form is what the engine wants. */
const CATALOG_TYPES = new Set([18, 24, 2205]);
const TEXT = 25;

/** A pool whose answers call those types text. `query` is the only door through which adapter-pg reads outside transactions. */
function readablePool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2 });
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const readable = async (...args: unknown[]) => {
    const result = await query(...args);
    for (const field of result.fields ?? []) if (CATALOG_TYPES.has(field.dataTypeID)) field.dataTypeID = TEXT;
    return result;
  };
  return Object.assign(pool, { query: readable });
}

async function loadEngine(): Promise<void> {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = fs.readFileSync(path.join(path.dirname(file), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/** The engine reports a panic through this object before it throws a bare "unreachable". */
const panics = { message: "", set_message: (message: string) => void (panics.message = message) };
Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });

let loaded: Promise<void> | null = null;

/** The files of prisma/schema, as the engine takes them. */
function schemaFiles(): { path: string; content: string }[] {
  const folder = path.join(ROOT, "prisma/schema");
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => ({ path: path.join(folder, name), content: fs.readFileSync(path.join(folder, name), "utf8") }));
}

/**
 * The SQL that turns this database into the one that prisma/schema describes. Empty when they are equal as far as Prisma sees:
 * tables, columns, types, keys, plain indexes; it does not see checks, triggers, functions or deferrable constraints.
 */
export async function sqlFromDatabaseToSchema(url: string): Promise<string> {
  await (loaded ??= loadEngine());
  const pool = readablePool(url);
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
    const files = schemaFiles();
    const engine = await glue.SchemaEngine.new({ datamodels: files.map((file) => [file.path, file.content]) }, () => {}, factory);
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: ROOT },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: ["public._prisma_migrations"], externalEnums: [] },
    });
    const sql = (stdout ?? "").trim();
    return sql === "-- This is an empty migration." ? "" : sql;
  } catch (error) {
    throw new Error(panics.message || "The schema engine failed", { cause: error });
  } finally {
    await pool.end();
  }
}
