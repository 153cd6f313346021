import "server-only";
import { countedAs } from "@/features/actors/rules";
import { checkResult, voterIssues } from "@/features/votes/rules";
import { VOTE_VALUES, type VoteInput } from "@/features/votes/schema";
import type { Tx } from "@/lib/db";
import { invalid } from "@/lib/errors";
import { dateOf } from "@/lib/format";
import type { Cast } from "./cast";
import type { Recorded } from "./codebook";
import type { RecordData } from "./files";
import { uuid7 } from "@/lib/uuid7";

/** Throws what the product would refuse: a state twice or without a vote, or votes that do not add up. */
export function checkVote({ slug, votes, result, date }: VoteInput, cast: Cast): void {
  const voters = votes.map(({ actor }, row) => {
    const id = cast.id(actor);
    return { row, id, name: actor, isMember: countedAs(cast.register.party(id), date) === "member_state" };
  });
  const [issue] = voterIssues(voters);
  if (issue) throw invalid("votes", `${slug}: ${issue.message}`);
  checkResult(result, votes, []);
}

/** The recorded votes. Dialogues are named by slug; `idOf` throws for one that is not in the files. */
export async function loadVotes(
  tx: Tx,
  { votes }: Pick<RecordData, "votes">,
  idOf: (dialogue: string) => string,
  cast: Cast,
): Promise<Recorded[]> {
  const rows = votes.map((vote) => ({ vote, id: uuid7(), dialogueId: vote.dialogue ? idOf(vote.dialogue) : null }));
  for (const { vote } of rows) checkVote(vote, cast);
  await tx.recordedVote.createMany({
    data: rows.map(({ id, dialogueId, vote: { slug, symbol, title, date, result, sourceUrl, note } }) => ({
      ...result,
      id,
      slug,
      title,
      dialogueId,
      symbol: symbol ?? null,
      date: dateOf(date),
      sourceUrl: sourceUrl ?? null,
      note: note ?? null,
    })),
  });
  for (const { id, vote } of rows) {
    await tx.vote.createMany({
      data: vote.votes.map(({ actor, value, printed }) => ({
        recordedVoteId: id,
        actorId: cast.id(actor),
        value,
        printed: printed ?? null,
      })),
    });
  }
  return rows.map(({ id, dialogueId, vote }) => ({
    type: "vote.recorded",
    subjectId: id,
    ...(dialogueId ? { dialogueId } : {}),
    // As the product's own event: the states by what they did.
    after: {
      ...vote,
      votes: Object.fromEntries(
        VOTE_VALUES.map((value) => [value, vote.votes.flatMap((one) => (one.value === value ? [one.actor] : []))]),
      ),
    },
  }));
}
