import "server-only";
import type { DomainEvent } from "@/features/audit/schema";
import type { Tx } from "@/lib/db";
import type { ReferenceData } from "./files";
import { uuid7 } from "@/lib/uuid7";

/** The event of a row that is loaded as new. */
export type Recorded = Pick<DomainEvent, "type" | "subjectId" | "dialogueId" | "after">;

/** The codebook as its first version, published. Its event holds each issue as the files word it. */
export async function loadCodebook(tx: Tx, { issues }: Pick<ReferenceData, "issues">): Promise<Recorded> {
  const note = "The issues with which the record was coded first.";
  const { id } = await tx.codebookVersion.create({
    data: { number: 1, status: "published", publishedAt: new Date(), publishedBy: "Rostrum", note },
    select: { id: true },
  });
  const rows = issues.map((issue, index) => ({ ...issue, id: uuid7(), issueId: uuid7(), place: index + 1 }));
  await tx.issue.createMany({ data: rows.map(({ issueId }) => ({ id: issueId })) });
  await tx.issueDefinition.createMany({
    data: rows.map(({ scale: _, include, exclude, kind, period, source, ...row }) => ({
      ...row,
      versionId: id,
      include: include ?? null,
      exclude: exclude ?? null,
      kind: kind ?? null,
      period: period ?? null,
      source: source ?? null,
    })),
  });
  await tx.scaleStep.createMany({
    data: rows.flatMap(({ id: definitionId, scale = [] }) => scale.map((step) => ({ ...step, definitionId }))),
  });
  await tx.crosswalkStep.createMany({
    data: rows.map(({ issueId }) => ({ versionId: id, kind: "added" as const, toId: issueId })),
  });
  return { type: "codebook.published", subjectId: id, after: { number: 1, note, issues } };
}
