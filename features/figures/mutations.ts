import "server-only";
import { findActorIds } from "@/features/actors/queries/resolve";
import { recordAudit } from "@/features/audit/mutations";
import { findDialogue } from "@/features/dialogues/queries";
import { publishedFigureDto, type PublishedFigureDto } from "@/features/figures/queries/record";
import type { PublishedFigureInput } from "@/features/figures/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { invalid } from "@/lib/errors";
import { dateOf } from "@/lib/format";

async function placeOf(tx: Tx, { dialogue: ref, meeting, scope }: PublishedFigureInput) {
  if (!ref) {
    if (scope !== "cumulative") throw invalid("dialogue", "Say which dialogue the figure is about.");
    return { dialogueId: null, meetingId: null };
  }
  const dialogue = await findDialogue(tx, ref);
  if (!dialogue) throw invalid("dialogue", `There is no dialogue "${ref}".`);
  if (!meeting) {
    if (scope === "meeting") throw invalid("meeting", "Say which meeting the figure is about.");
    return { dialogueId: dialogue.id, meetingId: null };
  }
  const found = await tx.meeting.findUnique({
    where: { dialogueId_number: { dialogueId: dialogue.id, number: meeting } },
    select: { id: true },
  });
  if (!found) throw invalid("meeting", `This dialogue has no meeting ${meeting}.`);
  return { dialogueId: dialogue.id, meetingId: found.id };
}

async function groupOf(tx: Tx, { group, unit }: PublishedFigureInput): Promise<string | null> {
  if (!group) {
    if (unit === "group_members") throw invalid("group", "Say which group the figure is about.");
    return null;
  }
  const id = (await findActorIds(tx, [group])).get(group);
  if (!id) throw invalid("group", `No actor is known as "${group}".`);
  return id;
}

/** Records a number that somebody published, beside which the computed one is shown. */
export async function recordPublishedFigure(
  caller: Caller<"figure:edit">,
  input: PublishedFigureInput,
): Promise<PublishedFigureDto> {
  return write(caller, async (tx) => {
    const { dialogueId, meetingId } = await placeOf(tx, input);
    const { scope, unit, value, publisher, sourceUrl, printed, publishedOn, rule, note } = input;
    const row = await tx.publishedFigure.create({
      data: {
        dialogueId,
        meetingId,
        groupId: await groupOf(tx, input),
        scope,
        unit,
        value,
        publisher,
        sourceUrl,
        printed: printed ?? null,
        publishedOn: publishedOn ? dateOf(publishedOn) : null,
        rule: rule ?? null,
        note: note ?? null,
      },
      include: {
        dialogue: { select: { slug: true } },
        meeting: { select: { number: true } },
        group: { select: { slug: true, iso3: true } },
      },
    });
    const figure = publishedFigureDto(row);
    const { id, ...after } = figure;
    await recordAudit(tx, caller, {
      type: "figure.recorded",
      subjectId: id,
      ...(dialogueId ? { dialogueId } : {}),
      before: null,
      after,
    });
    return figure;
  });
}
