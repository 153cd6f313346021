import "server-only";
import fs from "node:fs";
import { checkRows } from "@/features/imports/mutations/check";
import type { Importer } from "@/features/imports/mutations/kind";
import { readInto } from "@/features/imports/mutations/read";
import type { Mapped } from "@/features/imports/mutations/rows";
import { takePortions } from "@/features/imports/mutations/take";
import { namesOfNobody, type NamesFile } from "@/features/imports/queries/names";
import { foldHeader, guessMapping, mappingOf } from "@/features/imports/rules/mapping";
import { rowIssue, type ImportKind, type Mapping } from "@/features/imports/schema";
import { write, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { NAME_COLUMNS } from "@/features/imports/rules/names";

/** What was found in a file; `row` counts the header as 1, and is null when the file as a whole is to blame. */
export type FoundInFile = {
  level: "error" | "warning";
  row: number | null;
  column: string | null;
  message: string;
};

/** A file whose rows wait in the database. `names` are those of its actors, where a file of its own has them. */
export type Staged = Mapped & { names?: NamesFile };

const MOST_LISTED = 1000;

/** The columns of a file as fields; every column has to be one, because nobody is there to map it. */
function mappingFor(kind: ImportKind | "names", headers: string[]): Mapping {
  const mapping =
    kind === "names"
      ? Object.fromEntries(
          headers.flatMap((header) => {
            const field = NAME_COLUMNS[foldHeader(header)];
            return field === undefined ? [] : [[header, field]];
          }),
        )
      : guessMapping(kind, headers);
  const strange = headers.filter((header) => !(header in mapping));
  if (strange.length > 0) {
    const issues = strange.map((header) => {
      return { path: [header], message: "This is no column of such a file, or another one means the same." };
    });
    throw new DomainError({ code: "INVALID", issues });
  }
  if (kind !== "names")
    mappingOf(
      kind,
      headers,
      headers.map((header) => mapping[header] ?? ""),
    );
  else if (!Object.values(mapping).includes("actor") || !Object.values(mapping).includes("name"))
    throw new DomainError({ code: "INVALID", message: "The columns actor and name are needed." });
  return mapping;
}

/**
 * Reads a file into rows that wait, by the process that reads the files of others. To be removed with `removeStaged`.
 * @throws DomainError INVALID with a sentence about the file, or with the header of a column as the path
 */
export async function stageFile(
  caller: Importer,
  { kind, file, name }: { kind: ImportKind | "names"; file: string; name: string },
): Promise<Staged> {
  const data = {
    kind: kind === "names" ? ("actors" as const) : kind,
    userId: caller.userId,
    fileName: name,
    mediaType: "",
    bytes: fs.statSync(file).size,
    sha256: "",
  };
  const { id } = await write(caller, (tx) => tx.import.create({ data, select: { id: true } }));
  try {
    const { headers } = await readInto(caller, id, { file, name }, () => {});
    const mapping = mappingFor(kind, headers);
    return { id, kind: data.kind, headers, mapping, defaults: {} };
  } catch (error) {
    await removeStaged(caller, [id]);
    throw error;
  }
}

/** Forgets files whose rows wait, whatever became of them. */
export async function removeStaged(caller: Importer, ids: string[]): Promise<void> {
  await write(caller, (tx) => tx.import.deleteMany({ where: { id: { in: ids } } }), 120_000);
}

/** What a check found, at most the first thousand rows of it. */
async function foundIn(tx: Tx, { id, headers }: Staged): Promise<FoundInFile[]> {
  const rows = await tx.$queryRaw<{ row: number; issues: unknown }[]>`
    SELECT "row", issues FROM import_row WHERE import_id = ${id}::uuid AND issues IS NOT NULL ORDER BY "row" LIMIT ${MOST_LISTED}`;
  return rows.flatMap(({ row, issues }) =>
    rowIssue
      .array()
      .parse(issues)
      .map(({ column, level, message }) => {
        return { level, row, column: column === null ? null : (headers[column] ?? null), message };
      }),
  );
}

/** Rows of a file of names that go with no actor of the load. */
export async function checkNames(tx: Tx, names: Staged, actors: Staged | null): Promise<FoundInFile[]> {
  const lost = await namesOfNobody(tx, names, actors, MOST_LISTED);
  return lost.map(({ row, actor }) => {
    const message = `actors.csv has no “${actor}”. Names of actors on record are added on their pages.`;
    return { level: "error" as const, row, column: "actor", message };
  });
}

/**
 * Checks the rows of a file as the pages do and, when none has an error, takes them: in the transaction and as a part of the act
 * that `acting` belongs to. Returns how many rows were taken, and what was found.
 */
export async function takeStaged(
  tx: Tx,
  acting: Importer,
  staged: Staged,
): Promise<{ taken: number; errors: number; found: FoundInFile[] }> {
  const { errors } = await checkRows(tx, staged, () => {});
  const found = await foundIn(tx, staged);
  const taken = errors > 0 ? 0 : await takePortions(tx, acting, staged, () => {});
  return { taken, errors, found };
}
