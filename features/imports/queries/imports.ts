import "server-only";
import { createHash } from "node:crypto";
import type { Import } from "@/generated/prisma/client";
import { foldHeader } from "@/features/imports/rules/mapping";
import { rowIssue, type ImportKind, type ImportStatus, type Mapping, type RowIssue } from "@/features/imports/schema";
import { reading, type Source, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { uuidOf } from "@/lib/uuid";

/** An import as pages show it. Instants are ISO 8601 in UTC. */
export type ImportDto = {
  id: string;
  kind: ImportKind;
  /** A piece of work whose process died is over: it can be started again. */
  status: ImportStatus;
  fileName: string;
  by: string;
  at: string;
  bytes: number;
  headers: string[];
  mapping: Mapping | null;
  defaults: Record<string, string>;
  rowCount: number;
  progress: number;
  problem: string | null;
  notes: string[];
  /** Null: not checked under this mapping. */
  errors: number | null;
  warnings: number | null;
  batchId: string | null;
};

/** Work that has not been heard of for so long has died with its process: it says so every other second. */
const SILENT_MS = 10_000;
const DIED = "The server stopped while this was being worked on. Nothing was imported; you can start again.";

type Row = Import & { user: { name: string } | null; now: Date };

function importDto({ user, now, ...row }: Row): ImportDto {
  const busy = row.status === "reading" || row.status === "checking" || row.status === "running";
  const died = busy && now.getTime() - row.updatedAt.getTime() > SILENT_MS;
  return {
    id: row.id,
    kind: row.kind,
    status: died ? (row.status === "reading" ? "failed" : "ready") : row.status,
    fileName: row.fileName,
    by: user?.name ?? "",
    at: row.createdAt.toISOString(),
    bytes: row.bytes,
    headers: row.headers,
    mapping: row.mapping as Mapping | null,
    defaults: (row.defaults ?? {}) as Record<string, string>,
    rowCount: row.rowCount,
    progress: row.progress,
    problem: died ? DIED : row.problem,
    notes: row.notes,
    errors: row.errors,
    warnings: row.warnings,
    batchId: row.batchId,
  };
}

const WITH_USER = { user: { select: { name: true } } } as const;

/** The database's clock: the processes of two machines need not agree. */
async function nowOf(source: Source<"import:run">): Promise<Date> {
  const [row] = await reading<"import:run">(source).$queryRaw<{ now: Date }[]>`SELECT now()`;
  return row?.now ?? new Date();
}

/** One import, or NOT_FOUND. */
export async function getImport(source: Source<"import:run"> | Tx, ref: string): Promise<ImportDto> {
  const id = uuidOf(ref);
  const row = id && (await reading<"import:run">(source).import.findUnique({ where: { id }, include: WITH_USER }));
  if (!row) throw notFound("import", ref);
  return importDto({ ...row, now: await nowOf(source) });
}

/** The imports, the newest first; `page` counts from 1. */
export async function listImports(
  source: Source<"import:run">,
  { page, size }: { page: number; size: number },
): Promise<{ imports: ImportDto[]; total: number }> {
  const db = reading<"import:run">(source);
  const rows = await db.import.findMany({
    include: WITH_USER,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: size,
    skip: (page - 1) * size,
  });
  const now = await nowOf(source);
  return { imports: rows.map((row) => importDto({ ...row, now })), total: await db.import.count() };
}

export type PreviewRow = { row: number; cells: string[]; issues: RowIssue[] };

/** Rows of an import with what was found in each; `page` counts from 1. */
export async function listRows(
  source: Source<"import:run">,
  importId: string,
  { rows: which, page, size }: { rows: "all" | "issues"; page: number; size: number },
): Promise<{ rows: PreviewRow[]; total: number }> {
  const db = reading<"import:run">(source);
  const odd = which === "issues";
  const rows = await db.$queryRaw<{ row: number; cells: string[]; issues: unknown }[]>`
    SELECT "row", cells, issues FROM import_row
    WHERE import_id = ${importId}::uuid AND (NOT ${odd} OR issues IS NOT NULL)
    ORDER BY "row" LIMIT ${size} OFFSET ${(page - 1) * size}`;
  const [count] = await db.$queryRaw<{ total: bigint }[]>`
    SELECT count(*) AS total FROM import_row WHERE import_id = ${importId}::uuid AND (NOT ${odd} OR issues IS NOT NULL)`;
  return {
    rows: rows.map(({ row, cells, issues }) => ({ row, cells, issues: rowIssue.array().parse(issues ?? []) })),
    total: Number(count?.total ?? 0),
  };
}

/** The headers of a file as one value, under which a mapping is remembered. */
export function headersKey(headers: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify(headers.map(foldHeader)))
    .digest("hex");
}

/** How the columns of the last file with these headers were mapped, or null. */
export async function findMapping(
  source: Source<"import:run">,
  kind: ImportKind,
  headers: string,
): Promise<Mapping | null> {
  const found = await reading<"import:run">(source).columnMapping.findUnique({
    where: { kind_headers: { kind, headers } },
  });
  return (found?.mapping ?? null) as Mapping | null;
}
