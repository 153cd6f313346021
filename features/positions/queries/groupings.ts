import "server-only";
import { containing, listActors } from "@/features/actors/queries/actor";
import { UN_REGION_NAMES, UN_REGIONS, type ActorDto } from "@/features/actors/schema";
import type { Matrix, MatrixRow } from "@/features/positions/queries/matrix";
import { sectionsOf, type Section } from "@/features/positions/rules/table";
import type { Grouping } from "@/features/positions/schema";
import { reading, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

const MOST = { limit: 1000 };

/** The groups and organizations by which the matrix can be filtered, by name as of a day. */
export async function groupsOn(source: Source, day: Day): Promise<ActorDto[]> {
  const groups = await listActors(source, { kind: "group", on: day }, MOST);
  const organizations = await listActors(source, { kind: "regional_organization", on: day }, MOST);
  return [...groups.actors, ...organizations.actors].sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** Rows by UN regional group, or by every group with members among them: who belongs where on the day of the table. */
export async function loadSections(
  source: Source,
  { rows, asOf }: Matrix,
  by: Grouping,
  groups: readonly ActorDto[],
): Promise<Section<MatrixRow>[]> {
  if (by === "region") {
    const headings = UN_REGIONS.map((key) => ({ key, title: UN_REGION_NAMES[key] }));
    const none = { key: "none", title: "In no regional group" };
    return sectionsOf<MatrixRow>(rows, [...headings, none], ({ region }, key) => (region ?? "none") === key);
  }
  const memberships = await reading(source).membership.findMany({
    where: { memberId: { in: rows.map(({ id }) => id) }, ...containing(asOf) },
    select: { memberId: true, group: { select: { slug: true } } },
  });
  const members = new Set(memberships.map(({ memberId, group }) => `${group.slug} ${memberId}`));
  const headings = groups
    .filter(({ slug }) => !UN_REGIONS.some((region) => region === slug))
    .map(({ slug, name }) => ({ key: slug, title: name }));
  return sectionsOf(rows, headings, ({ id }, key) => members.has(`${key} ${id}`));
}
