import "server-only";
import type { DialogueDto } from "@/features/dialogues/queries";
import { figuresOf, soleRegionalOrganization } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { headline, type Figures } from "@/features/figures/rules";
import { participantsOf, type ParticipantDto } from "@/features/statements/queries/participants";
import type { ExportQuery } from "@/features/statements/schema";
import type { Caller } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { env } from "@/lib/env";

/** Everything that goes into a file of participants, of one moment. */
export type ParticipantsExport = {
  dialogue: DialogueDto;
  query: ExportQuery;
  /** Filtered and in order. */
  participants: ParticipantDto[];
  /** Of the whole dialogue or meeting under the rule, whatever rows the filters leave. */
  figures: Figures;
  /** The figures as a sentence. */
  headline: string;
  generatedAt: Date;
  /** The same list on screen. */
  page: string;
  /** The parameters as they were sent, "?kind=observer" or empty. */
  search: string;
};

/**
 * Reads the participants of a dialogue for a file: rows and figures from one snapshot, which is over when this returns.
 * `search` is the query of the request's address. NOT_FOUND without such a dialogue, INVALID without such a meeting.
 */
export async function readParticipants(
  caller: Caller<"record:read">,
  slug: string,
  query: ExportQuery,
  search: string,
): Promise<ParticipantsExport> {
  const record = await snapshot(caller, (tx) => loadDialogueRecord(tx, slug));
  const { rule, aligned, meeting } = query;
  const figures = figuresOf(record, { rule, aligned, meeting });
  const sentence = headline(figures, { regionalOrganization: soleRegionalOrganization(record, { meeting }) });
  return {
    dialogue: record.dialogue,
    query,
    participants: participantsOf(record, query),
    figures,
    headline: sentence.map(({ text }) => text).join(""),
    generatedAt: new Date(),
    page: `${env().APP_URL}/dialogues/${record.dialogue.slug}${search}`,
    search,
  };
}
