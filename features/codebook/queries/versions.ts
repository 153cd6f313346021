import "server-only";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import { countCodings } from "@/features/codebook/queries/codings";
import { crosswalkOf, isReordered, type Link, type Step } from "@/features/codebook/rules";
import type { CodebookDto, CrosswalkKind, IssueName, VersionDto } from "@/features/codebook/schema";
import { reading, type Source } from "@/lib/db";

/** One row of a crosswalk in names. `from` is as the version before has it, `to` as the version itself. */
export type StepDto = { kind: CrosswalkKind; from: IssueName | null; to: IssueName | null };

export type VersionWithSteps = VersionDto & { issueCount: number; steps: StepDto[] };

/** What was split or merged in a version, as it was noted. */
export async function linksOf(source: Source, versionId: string): Promise<Link[]> {
  const rows = await reading(source).crosswalkStep.findMany({
    where: { versionId, kind: { in: ["split", "merged"] } },
    orderBy: { id: "asc" },
    select: { kind: true, fromId: true, toId: true },
  });
  return rows.filter((row): row is Link => row.fromId !== null && row.toId !== null);
}

/** Every published version, the newest first, with what each changed. At most 200. */
export async function listVersions(source: Source): Promise<VersionWithSteps[]> {
  const rows = await reading(source).codebookVersion.findMany({
    where: { status: "published" },
    orderBy: { number: "desc" },
    take: 200,
    include: {
      definitions: { select: { issueId: true, code: true, title: true } },
      steps: { orderBy: { id: "asc" }, select: { kind: true, fromId: true, toId: true } },
    },
  });
  const names = new Map(
    rows.map(({ number, definitions }) => [
      number,
      new Map(definitions.map(({ issueId, code, title }) => [issueId, { id: issueId, code, title }])),
    ]),
  );
  return rows.map(({ definitions, steps, createdAt: _, ...version }) => ({
    ...version,
    issueCount: definitions.length,
    steps: steps.map(({ kind, fromId, toId }) => ({
      kind,
      from: (fromId && names.get(version.number - 1)?.get(fromId)) || null,
      to: (toId && names.get(version.number)?.get(toId)) || null,
    })),
  }));
}

/** What a draft does, row by row, with how many codings each row concerns. */
export type DraftEffect = {
  base: CodebookDto | null;
  draft: CodebookDto;
  steps: StepEffect[];
  reordered: boolean;
  /** How often each issue was coded, by id. */
  counts: ReadonlyMap<string, number>;
};
export type StepEffect = StepDto & {
  /** Positions, mentions and signatures coded under the issue that it changes. */
  codings: number;
};

/** The number of the open draft, or null. */
export async function findDraftNumber(source: Source): Promise<number | null> {
  const open = await reading(source).codebookVersion.findFirst({
    where: { status: "draft" },
    select: { number: true },
  });
  return open?.number ?? null;
}

/** The open draft with what it would change; null when none is open. */
export async function previewDraft(source: Source): Promise<DraftEffect | null> {
  const number = await findDraftNumber(source);
  const draft = number === null ? null : await loadCodebook(source, number);
  if (!draft) return null;
  const base = await loadCodebook(source);
  const before = base?.issues ?? [];
  const steps = crosswalkOf(before, draft.issues, await linksOf(source, draft.id));
  const counts = await countCodings(source);
  const nameIn = (issues: CodebookDto["issues"], id: string | null): IssueName | null => {
    const issue = issues.find((one) => one.id === id);
    return issue ? { id: issue.id, code: issue.code, title: issue.title } : null;
  };
  return {
    base,
    draft,
    counts,
    reordered: isReordered(before, draft.issues),
    steps: steps.map((step: Step) => ({
      kind: step.kind,
      from: nameIn(before, step.fromId),
      to: nameIn(draft.issues, step.toId),
      codings: step.fromId === null ? 0 : (counts.get(step.fromId) ?? 0),
    })),
  };
}
