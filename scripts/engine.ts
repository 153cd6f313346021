// Prisma's schema engine, in its WebAssembly build: compares a database with the schema and writes the SQL between them.
// The stock command line wants a native engine that its install script downloads; this needs nothing but npm.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { ROOT } from "./install.mjs";

/** Catalog types that adapter-pg cannot name. The engine wants "char" as a character, regproc and regclass as text. */
const CHAR = 18;
const REGISTERED = new Set([24, 2205]);
const TEXT = 25;

/**
 * A factory of connections that can read the catalogs: the pool calls those types text, which adapter-pg knows, and remembers
 * by the rows which columns were "char"; the connection then says so to the engine.
 */
function catalogReader(connectionString: string): { factory: PrismaPg; end(): Promise<void> } {
  const pool = new pg.Pool({ connectionString, max: 2 });
  const characters = new WeakMap<object, Set<number>>();
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  Object.assign(pool, {
    query: async (...args: unknown[]) => {
      const result = await query(...args);
      const found = new Set<number>();
      for (const [index, field] of (result.fields ?? []).entries()) {
        if (field.dataTypeID === CHAR) found.add(index);
        if (field.dataTypeID === CHAR || REGISTERED.has(field.dataTypeID)) field.dataTypeID = TEXT;
      }
      if (result.rows) characters.set(result.rows, found);
      return result;
    },
  });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    const queryRaw = connection.queryRaw.bind(connection);
    connection.queryRaw = async (asked) => {
      const result = await queryRaw(asked);
      for (const index of characters.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return connection;
  };
  return { factory, end: () => pool.end() };
}

async function loadEngine(): Promise<void> {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = fs.readFileSync(path.join(path.dirname(file), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, {
    "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
  });
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
  const reader = catalogReader(url);
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(reader.factory);
    const files = schemaFiles();
    const engine = await glue.SchemaEngine.new(
      { datamodels: files.map((file) => [file.path, file.content]) },
      () => {},
      factory,
    );
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
    await reader.end();
  }
}
