import "server-only";
import { printedName, WITH_NAMES } from "@/features/actors/queries/actor";
import { loadCast } from "@/features/actors/queries/register";
import type { ActorKind } from "@/features/actors/rules";
import type { PositionValue } from "@/features/codebook/schema";
import { loadMerges } from "@/features/codebook/queries/merges";
import { findDialogue } from "@/features/dialogues/queries";
import { pairsOf } from "@/features/positions/queries/read-as";
import type { CompendiumQuery, PositionKind } from "@/features/positions/schema";
import type { NumberedPage } from "@/features/statements/queries/of-actor";
import { participant } from "@/features/statements/queries/participants";
import { actorsIn, WITH_REPRESENTATIONS } from "@/features/statements/queries/rows";
import type { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { invalid } from "@/lib/errors";
import { dayOf, type Day } from "@/lib/format";

/** Words that were said on an issue, with who said them, where, and where they stand in their source. */
export type CompendiumEntry = {
  /** Id of the position that quotes them. */
  id: string;
  quotation: string;
  exact: string;
  paragraph: number | null;
  page: number | null;
  /** Whether a change of the text left the words without a place. */
  orphaned: boolean;
  language: string;
  kind: PositionKind;
  value: PositionValue | null;
  actor: { ref: string; slug: string; kind: ActorKind; name: string };
  /** For whom the statement was delivered, in words. */
  onBehalfOf: string;
  dialogue: { slug: string; title: string; startsOn: Day };
  statement: string;
  /** Where the words stand: an address of this product. */
  path: string;
  sourceUrl: string | null;
  /** Number of the version of the codebook under which they were coded. */
  codebook: number;
};

const WITH_ALL = {
  actor: { include: WITH_NAMES },
  dialogue: { select: { slug: true, title: true, startsOn: true } },
  codebook: { select: { number: true } },
  statement: { include: WITH_REPRESENTATIONS },
  quotation: { include: { text: { select: { language: true, sourceUrl: true } } } },
} satisfies Prisma.PositionInclude;

async function where(source: Source, issueId: string, { codebook, value, dialogue: ref }: CompendiumQuery) {
  const { from } = pairsOf([issueId], await loadMerges(source, codebook));
  const dialogue = ref === undefined ? null : await findDialogue(source, ref);
  if (ref !== undefined && !dialogue) throw invalid("dialogue", `There is no dialogue "${ref}".`);
  return {
    issueId: { in: from },
    quotationId: { not: null },
    statement: { withdrawnAt: null },
    ...(value === undefined ? {} : { value }),
    ...(dialogue === null ? {} : { dialogueId: dialogue.id }),
  } satisfies Prisma.PositionWhereInput;
}

/**
 * The quotations on an issue, the newest dialogue first and there in the order of speaking; those on issues that were merged into it
 * are among them, those of withdrawn statements are not. Throws INVALID for a dialogue that does not exist.
 */
export async function listQuotationsOn(
  source: Source,
  issueId: string,
  query: CompendiumQuery,
  { page, size }: NumberedPage,
): Promise<{ entries: CompendiumEntry[]; total: number }> {
  const db = reading(source);
  const wanted = await where(source, issueId, query);
  const total = await db.position.count({ where: wanted });
  const rows = await db.position.findMany({
    where: wanted,
    include: WITH_ALL,
    orderBy: [{ day: "desc" }, { dialogueId: "desc" }, { statement: { order: "asc" } }, { id: "asc" }],
    skip: (page - 1) * size,
    take: size,
  });
  const statements = rows.flatMap(({ statement }) => statement ?? []);
  const cast = await loadCast(source, actorsIn(statements));
  const entries = rows.flatMap(({ statement, dialogue, quotation, actor, codebook, ...row }): CompendiumEntry[] => {
    if (!statement || !dialogue || !quotation) return [];
    const { slug, title } = dialogue;
    const startsOn = dayOf(dialogue.startsOn);
    return [
      {
        id: row.id,
        quotation: quotation.id,
        exact: quotation.exact,
        paragraph: quotation.paragraph,
        page: quotation.page,
        orphaned: quotation.orphanedAt !== null,
        language: quotation.text.language,
        kind: row.kind,
        value: row.value,
        actor: {
          ref: actor.iso3 ?? actor.slug,
          slug: actor.slug,
          kind: actor.kind,
          name: printedName(actor, startsOn),
        },
        onBehalfOf: participant(statement, { cast }).onBehalfOf,
        dialogue: { slug, title, startsOn },
        statement: statement.id,
        path: `/dialogues/${slug}/statements/${statement.id}/texts?quotation=${quotation.id}#quotation-${quotation.id}`,
        sourceUrl: quotation.text.sourceUrl ?? statement.sourceUrl,
        codebook: codebook.number,
      },
    ];
  });
  return { entries, total };
}

const PORTION = 1000;

/** All of them, as `listQuotationsOn`, for a file. */
export async function allQuotationsOn(
  source: Source,
  issueId: string,
  query: CompendiumQuery,
): Promise<CompendiumEntry[]> {
  const all: CompendiumEntry[] = [];
  for (let page = 1; ; page += 1) {
    const { entries } = await listQuotationsOn(source, issueId, query, { page, size: PORTION });
    for (const entry of entries) all.push(entry);
    if (entries.length < PORTION) return all;
  }
}
