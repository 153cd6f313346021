import "server-only";
import type { Tx } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** A dialogue as the rows of a file need it. */
export type DialogueOfRows = {
  id: string;
  slug: string;
  startsOn: Day;
  meetings: { id: string; number: number; date: Day }[];
};

const MOST_KEPT = 5000;

/** Dialogues by slug, remembered while a file is read. */
export function findDialogues(tx: Tx): { bySlug(slugs: Iterable<string>): Promise<Map<string, DialogueOfRows>> } {
  const known = new Map<string, DialogueOfRows | null>();
  return {
    bySlug: async (slugs) => {
      const wanted = [...new Set(slugs)];
      if (known.size > MOST_KEPT) known.clear();
      const unknown = wanted.filter((slug) => !known.has(slug));
      if (unknown.length > 0) {
        const rows = await tx.dialogue.findMany({
          where: { slug: { in: unknown } },
          select: {
            id: true,
            slug: true,
            startsOn: true,
            meetings: { select: { id: true, number: true, date: true } },
          },
        });
        for (const slug of unknown) known.set(slug, null);
        for (const { startsOn, meetings, ...row } of rows) {
          const held = meetings.map(({ date, ...meeting }) => ({ ...meeting, date: dayOf(date) }));
          known.set(row.slug, { ...row, startsOn: dayOf(startsOn), meetings: held });
        }
      }
      return new Map(wanted.flatMap((slug) => (known.get(slug) ? [[slug, known.get(slug) as DialogueOfRows]] : [])));
    },
  };
}

/** Who has a statement on record in these dialogues, as "dialogue speaker role": what a file may be about to enter twice. */
export async function findSpeakersOnRecord(tx: Tx, dialogueIds: string[]): Promise<Set<string>> {
  const rows = await tx.statement.groupBy({
    by: ["dialogueId", "speakerId", "role"],
    where: { dialogueId: { in: dialogueIds }, withdrawnAt: null },
  });
  return new Set(rows.map(({ dialogueId, speakerId, role }) => `${dialogueId} ${speakerId} ${role}`));
}
