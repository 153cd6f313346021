import { z } from "zod";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { compareRule } from "@/features/positions/formats/compare-files";
import { readComparison } from "@/features/positions/queries/export";
import { CELL_KINDS, compareQuery } from "@/features/positions/schema";
import { defineRoute, operation } from "@/lib/route";

const cell = z
  .object({
    kind: z.enum(CELL_KINDS),
    value: z.enum(POSITION_VALUES).nullable().describe("Null unless the kind is own or delegated"),
    through: z.string().nullable(),
    position: z.uuid().nullable().describe("Id of the position that decides"),
    positions: z.int().describe("Positions on the issue that are behind the cell"),
  })
  .meta({ id: "ComparedCell" });

const comparison = z.object({
  asOf: z.string(),
  dialogue: z.string().nullable(),
  codebook: z.int(),
  voice: compareQuery.shape.voice,
  rule: z.string().describe("How the cells were settled, in words"),
  generatedAt: z.string().meta({ format: "date-time" }),
  actors: z.array(
    z.object({
      actor: z.string(),
      name: z.string(),
      own: z.int().describe("Own positions behind its cells"),
      delegated: z.int().describe("Delegated positions behind its cells"),
      newest: z.string().nullable().describe("Day of the newest of them"),
      statements: z.int().describe("Statements that could bear on it"),
      coded: z.int().describe("How many of these are coded"),
    }),
  ),
  issues: z.array(z.object({ issue: z.string(), cells: z.array(cell).describe("In the order of the actors") })),
  pairs: z.array(
    z.object({
      actors: z.array(z.string()),
      both: z.int().describe("Issues that both addressed"),
      bySteps: z.array(z.int()).describe("Of these, on how many they are 0, 1, 2, 3 and 4 steps of the scale apart"),
    }),
  ),
});

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/compare", {
  GET: operation({
    summary: "Two to six states or groups by issues",
    description:
      "With `voice=own` by own statements alone; of a group these are statements delivered for it. An absence agrees with nothing. " +
      "Below three issues that both addressed, Rostrum's pages speak of no agreement.",
    permission: "record:read",
    query: compareQuery,
    response: comparison,
    run: async (caller, { query, request }) => {
      const file = await readComparison(caller, query, new URL(request.url).search);
      const { asOf, dialogue, codebook, voice, actors, rows, pairs } = file.comparison;
      return {
        asOf,
        dialogue: dialogue?.slug ?? null,
        codebook,
        voice,
        rule: compareRule(file),
        generatedAt: file.generatedAt.toISOString(),
        actors: actors.map(({ ref, actor, strength }) => ({ actor: ref, name: actor.name, ...strength })),
        issues: rows.map(({ issue, cells }) => ({
          issue: issue.code,
          cells: cells.map(({ cell: of, positions }) =>
            "value" in of
              ? { kind: of.kind, value: of.value, through: of.through, position: of.positionId, positions }
              : { kind: of.kind, value: null, through: null, position: null, positions },
          ),
        })),
        pairs: pairs.map(({ a, b, both, bySteps }) => ({
          actors: [actors[a]?.ref ?? "", actors[b]?.ref ?? ""],
          both,
          bySteps,
        })),
      };
    },
  }),
});
