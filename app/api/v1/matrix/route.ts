import { z } from "zod";
import { UN_REGIONS } from "@/features/actors/schema";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { ruleOf } from "@/features/positions/formats/matrix-files";
import { readMatrix } from "@/features/positions/queries/export";
import type { MatrixRow } from "@/features/positions/queries/matrix";
import { CELL_KINDS, matrixQuery } from "@/features/positions/schema";
import { defineRoute, operation } from "@/lib/route";

const cell = z
  .object({
    kind: z.enum(CELL_KINDS),
    value: z.enum(POSITION_VALUES).nullable().describe("Null unless the kind is own or delegated"),
    statement: z
      .uuid()
      .nullable()
      .describe("Null for a position that a source attributes without a recorded statement"),
    through: z.string().nullable().describe("Group, or actor that spoke for it, for a delegated position"),
    position: z.uuid().nullable().describe("Id of the position that decides"),
  })
  .meta({ id: "MatrixCell" });

const matrix = z.object({
  asOf: z.string().describe("The day on which the table looks at the world"),
  dialogue: z.string().nullable(),
  codebook: z.int().describe("Number of the version of the codebook"),
  aligned: z.enum(["include", "exclude"]),
  rule: z.string().describe("How the cells were settled, in words"),
  statements: z.int().describe("Statements that count at the dialogue or up to the day"),
  codedStatements: z.int().describe("How many of them are coded"),
  generatedAt: z.string().meta({ format: "date-time" }),
  issues: z.array(z.string()).describe("Codes, in the order of the columns"),
  rows: z.array(
    z.object({
      actor: z.object({
        iso3: z.string().nullable(),
        slug: z.string(),
        name: z.string(),
        region: z.enum(UN_REGIONS).nullable().describe("UN regional group on the day"),
      }),
      cells: z.record(z.string(), cell).describe("By code of the issue"),
    }),
  ),
});

function cellDto(of: MatrixRow["cells"][number]): z.input<typeof cell> {
  if (!("value" in of)) return { kind: of.kind, value: null, statement: null, through: null, position: null };
  const { kind, value, statementId, through, positionId } = of;
  return { kind, value, statement: statementId, through, position: positionId };
}

function rowDto({ iso3, slug, name, region, cells }: MatrixRow, codes: string[]) {
  const named = codes.map((code, place) => [code, cellDto(cells[place] ?? { kind: "not_coded" })]);
  return { actor: { iso3, slug, name, region }, cells: Object.fromEntries(named) };
}

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/matrix", {
  GET: operation({
    summary: "Positions of states by issues",
    description:
      "With `dialogue` a cell speaks of that dialogue alone, else of the latest position up to `asOf`. An own position overrides a delegated one at the same dialogue.",
    permission: "record:read",
    query: matrixQuery,
    response: matrix,
    run: async (caller, { query, request }) => {
      const file = await readMatrix(caller, query, new URL(request.url).search);
      const { asOf, dialogue, codebook, issues, rows, coverage } = file.matrix;
      const codes = issues.map(({ code }) => code);
      return {
        asOf,
        dialogue: dialogue?.slug ?? null,
        codebook,
        aligned: query.aligned,
        rule: ruleOf(file),
        statements: coverage.statements,
        codedStatements: coverage.coded,
        generatedAt: file.generatedAt.toISOString(),
        issues: codes,
        rows: rows.map((row) => rowDto(row, codes)),
      };
    },
  }),
});
