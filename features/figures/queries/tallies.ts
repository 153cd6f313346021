import "server-only";
import { loadCast } from "@/features/actors/queries/register";
import type { DialogueDto } from "@/features/dialogues/queries";
import { figures } from "@/features/figures/rules";
import type { CountingQuery } from "@/features/figures/schema";
import { actorsIn, readStatements, toCounted } from "@/features/statements/queries/rows";
import type { CountedStatement } from "@/features/statements/rules";
import { reading, type Source } from "@/lib/db";

/** What a dialogue amounts to, in one line of a list. */
export type Tally = {
  /** Member states recorded as speakers. */
  memberStates: number;
  /** Member states that spoke as published, the highest number where publishers disagree; null where none was published. */
  published: number | null;
  /** Member states represented, under the rule. */
  represented: number;
};

/** The tallies of many dialogues by id: the number of queries does not depend on how many. */
export async function listTallies(
  source: Source,
  dialogues: readonly Pick<DialogueDto, "id" | "startsOn">[],
  how: Pick<CountingQuery, "rule" | "aligned"> = { rule: "own_and_groups", aligned: "exclude" },
): Promise<Map<string, Tally>> {
  const db = reading(source);
  const ids = dialogues.map(({ id }) => id);
  const rows = await readStatements(source, { dialogueId: { in: ids }, withdrawnAt: null });
  const claims = await db.publishedFigure.groupBy({
    by: ["dialogueId"],
    where: { dialogueId: { in: ids }, scope: "total", unit: "member_states_spoke" },
    _max: { value: true },
  });
  const { register } = await loadCast(source, actorsIn(rows));
  const byDialogue = new Map<string, CountedStatement[]>(ids.map((id) => [id, []]));
  for (const row of rows) byDialogue.get(row.dialogueId)?.push(toCounted(row));
  const published = new Map(claims.map(({ dialogueId, _max }) => [dialogueId, _max.value]));
  return new Map(
    dialogues.map(({ id, startsOn }) => {
      const statements = byDialogue.get(id) ?? [];
      const { spoke, represented } = figures({ statements, register, ...how, asOf: startsOn });
      const tally = {
        memberStates: spoke.memberStates,
        published: published.get(id) ?? null,
        represented: represented.states,
      };
      return [id, tally];
    }),
  );
}
