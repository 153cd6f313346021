import { z } from "zod";
import { Page } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { TextLink } from "@/components/ui/text-link";
import { actorNames } from "@/features/actors/queries/names";
import { History } from "@/features/audit/components/history";
import { refsIn, valueInWords } from "@/features/audit/formats";
import { listHistory, type HistoryEntry } from "@/features/audit/queries";
import { DialogueHeader, DialogueTabs } from "@/features/dialogues/components/dialogue-header";
import { getDialogue } from "@/features/dialogues/queries";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "History" };

const ON_A_PAGE = 50;

const query = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function DialogueHistoryPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const { before } = lenient(query, single(await searchParams));
  const dialogue = await orNotFound(getDialogue(caller, slug));
  const found = await listHistory(
    caller,
    { dialogueId: dialogue.id },
    { limit: ON_A_PAGE + 1, ...(before ? { before } : {}) },
  );
  const entries = found.slice(0, ON_A_PAGE);
  const names = await actorNames(
    caller,
    entries.flatMap((entry) => [...refsIn(entry.before), ...refsIn(entry.after)]),
  );
  const path = `/dialogues/${dialogue.slug}`;
  const last = entries.at(-1);

  /** A statement has a page of its own, named by who delivered it; a published figure says what it claims. */
  const subjectOf = ({ type, subjectId, before, after }: HistoryEntry) => {
    const { speaker, unit, value, publisher } = after ?? before ?? {};
    if (type.startsWith("figure.")) {
      const [what, number, who] = [
        valueInWords("unit", unit),
        valueInWords("value", value),
        valueInWords("publisher", publisher),
      ];
      return `: ${what} ${number}, ${who}`;
    }
    if (!type.startsWith("statement.") || typeof speaker !== "string") return null;
    return (
      <>
        {" by "}
        <TextLink href={`${path}/statements/${subjectId}`}>{names[speaker] ?? speaker}</TextLink>
      </>
    );
  };

  return (
    <Page>
      <DialogueHeader dialogue={dialogue} mayEdit={holds(caller.role, "dialogue:edit")} />
      <DialogueTabs slug={dialogue.slug} current="history" />
      <div className="mt-4 max-w-read">
        {entries.length > 0 ? (
          <History entries={entries} names={names} subjectOf={subjectOf} />
        ) : (
          <EmptyState title={before ? "There is nothing older." : "Nothing has happened to this dialogue yet."} />
        )}
        <Pagination
          label="Pages of the history"
          previousHref={before && `${path}/history`}
          nextHref={found.length > ON_A_PAGE && last ? address(`${path}/history`, { before: last.id }) : undefined}
        />
      </div>
    </Page>
  );
}
