import "server-only";
import { actorNames } from "@/features/actors/queries/names";
import type { IssueDto, PositionValue } from "@/features/codebook/schema";
import { getMatrix } from "@/features/positions/queries/matrix";
import { loadSettled } from "@/features/positions/queries/settled";
import { cohesionOf, type Cohesion } from "@/features/positions/rules/cohesion";
import { countValues } from "@/features/positions/rules/composition";
import type { Cell } from "@/features/positions/rules/settled";
import { strengthOf, type Strength } from "@/features/positions/rules/strength";
import { matrixQuery } from "@/features/positions/schema";
import type { Source } from "@/lib/db";
import type { Day } from "@/lib/format";

/** How the members of a group stand on an issue, and what the group itself said. */
export type IssueCohesion = Cohesion & {
  issue: Pick<IssueDto, "code" | "title">;
  /** The group's own cell: what was said for it. */
  group: Cell;
  /** The name of whom that came through; null in its own voice. */
  through: string | null;
};

/** Where the members of a group agree, issue by issue, as of a day. */
export type GroupCohesion = {
  day: Day;
  codebook: number;
  /** Member states in the group on the day. */
  members: number;
  /** In the order of the codebook, those on which two members or more have a position in their own voice. */
  issues: IssueCohesion[];
  /** On how much all of it rests. */
  strength: Strength;
};

/**
 * The cohesion of a group of actors on a day, by the positions that its member states took in their own voice up to it: what was said
 * for them is no evidence of what they hold. NOT_FOUND while no version of the codebook is published.
 */
export async function getCohesion(
  source: Source,
  group: { id: string; slug: string },
  { on, codebook }: { on: Day; codebook: number | undefined },
): Promise<GroupCohesion> {
  const matrix = await getMatrix(source, matrixQuery.parse({ group: group.slug, asOf: on, codebook }));
  const { cells } = await loadSettled(source, {
    scope: { asOf: on },
    actors: [group.id],
    issues: matrix.issues.map(({ id }) => id),
    day: on,
    codebook: matrix.codebook,
  });
  const own = cells.get(group.id);
  const refs = [...(own?.values() ?? [])].flatMap((cell) => ("value" in cell && cell.through ? [cell.through] : []));
  const names = await actorNames(source, [...new Set(refs)]);
  const issues = matrix.issues.flatMap(({ id, code, title }, column): IssueCohesion[] => {
    const values = matrix.rows.flatMap(({ cells: row }): PositionValue[] => {
      const cell = row[column];
      return cell?.kind === "own" ? [cell.value] : [];
    });
    const cohesion = cohesionOf(countValues(values), matrix.rows.length);
    if (!cohesion) return [];
    const said = own?.get(id) ?? { kind: "not_coded" as const };
    const through = "value" in said && said.through !== null ? (names[said.through] ?? said.through) : null;
    return [{ ...cohesion, issue: { code, title }, group: said, through }];
  });
  const positions = matrix.rows.flatMap(({ cells: row }) =>
    row.flatMap((cell) => (cell.kind === "own" ? [{ mode: cell.kind, day: cell.at.day }] : [])),
  );
  const strength = strengthOf(positions, matrix.coverage);
  return { day: on, codebook: matrix.codebook, members: matrix.rows.length, issues, strength };
}
