import type { ReactNode } from "react";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { CountLink } from "@/components/ui/count-link";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import { ChangedDialogues } from "@/features/audit/components/changed-dialogues";
import { NewsTable } from "@/features/audit/components/news-table";
import { noteVisit } from "@/features/audit/mutations/watches";
import { loadInbox } from "@/features/audit/queries/inbox";
import { changedSince } from "@/features/audit/queries/visits";
import { listWatches } from "@/features/audit/queries/watches";
import type { Watched } from "@/features/audit/schema";
import { listRecodeQueue } from "@/features/codebook/queries/codings";
import { CoverageTable, type Coverage } from "@/features/dialogues/components/coverage-table";
import { listDialogues } from "@/features/dialogues/queries";
import { DraftLink } from "@/features/drafts/components/draft-list";
import { listDrafts } from "@/features/drafts/queries";
import { HeadlineSentence } from "@/features/figures/components/headline-sentence";
import { figuresOf, soleRegionalOrganization } from "@/features/figures/queries/counted";
import { loadDialogueRecord, type DialogueRecord } from "@/features/figures/queries/record";
import { listTallies } from "@/features/figures/queries/tallies";
import { countingQuery } from "@/features/figures/schema";
import { listImports } from "@/features/imports/queries/imports";
import { IMPORT_STATUS_NAMES } from "@/features/imports/schema";
import { listCodingProgress, listDialoguesToCode } from "@/features/positions/queries/codings";
import { listViews } from "@/features/views/queries";
import type { ViewDto } from "@/features/views/schema";
import { pageCaller } from "@/lib/auth/identity";
import { grant } from "@/lib/auth/caller";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { formatDay, formatDayRange, formatInstant, plural, dayOf } from "@/lib/format";

export const metadata = { title: "Home" };

/** How many of each list stand here; the rest is one press away. */
const SHOWN = 5;
const DIALOGUES = 10;

type Reader = Awaited<ReturnType<typeof pageCaller<"record:read">>>;
type Own = Awaited<ReturnType<typeof pageCaller<"watch:own">>>;

/** Where a reader starts: what is theirs to do, what changed while they were away, and how far the record is. */
export default async function HomePage() {
  const caller = await pageCaller("record:read");
  const own = await pageCaller("watch:own");
  const codes = holds(caller.role, "position:code");
  const [record, todo, { changes, news, watches, views }] = await Promise.all([
    readRecord(caller),
    codes ? readToDo(caller) : null,
    readOwn(own),
  ]);
  return (
    <Page>
      <PageTitle
        title="Home"
        sub={record.latest ? undefined : "The record of who spoke, for whom, and where they stand."}
      />
      <div className="mt-2 grid grid-cols-1 gap-x-12 gap-y-9 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="grid min-w-0 grid-cols-1 content-start gap-9">
          {record.latest && <Latest record={record.latest} />}
          {todo && <ToDo todo={todo} />}
          {watches.length > 0 && (
            <Section title="New in what you watch" id="news" more={["/inbox", "Inbox"]}>
              {news.news.length > 0 ? (
                <NewsTable news={news.news} />
              ) : (
                <p className="text-ink-2">Nothing that you have not read.</p>
              )}
            </Section>
          )}
          <Changes changes={changes} />
          <Section title="Coverage of the record" id="coverage" more={["/dialogues", "All dialogues"]}>
            {record.coverage.length > 0 ? (
              <CoverageTable rows={record.coverage} />
            ) : (
              <EmptyState title="No dialogue is on record yet." />
            )}
          </Section>
        </div>
        <aside
          className="grid min-w-0 grid-cols-1 content-start gap-9 lg:border-s lg:border-line lg:ps-6"
          aria-label="Yours"
        >
          <Views views={views.views} />
          <Watching watches={watches} />
        </aside>
      </div>
    </Page>
  );
}

/** The latest dialogue with all that its sentence needs, and how far the newest ones are. */
async function readRecord(caller: Reader): Promise<{ latest: DialogueRecord | null; coverage: Coverage[] }> {
  return snapshot(caller, async (tx) => {
    const { dialogues } = await listDialogues(tx, {}, { limit: DIALOGUES });
    const tallies = await listTallies(tx, dialogues);
    // The newest of which something is on record; else the newest.
    const latest = dialogues.find(({ id }) => (tallies.get(id)?.memberStates ?? 0) > 0) ?? dialogues[0];
    const progress = await listCodingProgress(
      tx,
      dialogues.map(({ id }) => id),
    );
    return {
      latest: latest ? await loadDialogueRecord(tx, latest.slug) : null,
      coverage: dialogues.map((dialogue) => ({
        dialogue,
        tally: tallies.get(dialogue.id),
        progress: progress.get(dialogue.id),
      })),
    };
  });
}

async function readToDo(caller: Reader) {
  const dialogues = await listDialoguesToCode(caller);
  const again = await listRecodeQueue(caller, { page: 1, size: 1 });
  const drafts = await listDrafts(grant(caller, "session:own"));
  const imports = await listImports(grant(caller, "import:run"), { page: 1, size: 20 });
  // What has a text can be coded now.
  const ready = dialogues.toSorted((one, other) => Number(other.withText > 0) - Number(one.withText > 0));
  return {
    dialogues: ready.slice(0, SHOWN),
    again: again.total,
    // Without their number: which shifts are proposed is computed from every own position on record.
    decides: holds(caller.role, "shift:decide"),
    drafts: drafts.slice(0, SHOWN),
    imports: imports.imports.filter(({ status, by }) => status !== "done" && by === caller.userName).slice(0, SHOWN),
  };
}

/** What is the reader's own, one after the other: a page must not take every connection for itself. */
async function readOwn(own: Own) {
  const before = await noteVisit(own);
  return {
    changes: before && { since: before.at, dialogues: await changedSince(own, before.upTo, SHOWN) },
    news: await loadInbox(own, { show: "unread" }, SHOWN),
    watches: await listWatches(own),
    views: await listViews(grant(own, "view:own"), "mine", { limit: SHOWN }),
  };
}

type SectionProps = { title: string; id: string; more?: readonly [href: string, label: string]; children: ReactNode };

function Section({ title, id, more, children }: SectionProps) {
  return (
    <section aria-labelledby={id}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={id}>{title}</h2>
        {more && <TextLink href={more[0]}>{more[1]}</TextLink>}
      </div>
      {children}
    </section>
  );
}

function Latest({ record }: { record: DialogueRecord }) {
  const { dialogue } = record;
  const how = countingQuery.parse({});
  return (
    <section aria-label="The latest dialogue">
      <p className="mt-4 text-ink-2">
        The latest on record: <TextLink href={`/dialogues/${dialogue.slug}`}>{dialogue.title}</TextLink>,{" "}
        {formatDayRange(dialogue.startsOn, dialogue.endsOn)}
      </p>
      <HeadlineSentence
        slug={dialogue.slug}
        figures={figuresOf(record, how)}
        how={how}
        regionalOrganization={soleRegionalOrganization(record, how)}
      />
    </section>
  );
}

function ToDo({
  todo: { dialogues, again, decides, drafts, imports },
}: {
  todo: Awaited<ReturnType<typeof readToDo>>;
}) {
  const nothing = dialogues.length + again + drafts.length + imports.length === 0 && !decides;
  return (
    <Section title="Yours to do" id="to-do" more={["/coding", "All statements to code"]}>
      {nothing && <p className="text-ink-2">Nothing waits: every statement is coded, and no form is left unsaved.</p>}
      <ul className="divide-y divide-line border-y border-line empty:border-0">
        {drafts.map(({ form, path, title, savedAt }) => (
          <li key={form} className="py-2">
            Go on with <DraftLink path={path} title={title} />
            <span className="text-ink-2">, kept {formatInstant(new Date(savedAt))}</span>
          </li>
        ))}
        {imports.map(({ id, fileName, status }) => (
          <li key={id} className="py-2">
            Finish the import of <TextLink href={`/import/${id}`}>{fileName}</TextLink>
            <span className="text-ink-2">: {IMPORT_STATUS_NAMES[status].toLowerCase()}</span>
          </li>
        ))}
        {again > 0 && (
          <li className="py-2">
            Code{" "}
            <CountLink href="/codebook/recode" count={again}>
              {plural(again, "position", "positions")}
            </CountLink>{" "}
            again, whose issue was split
          </li>
        )}
        {decides && (
          <li className="py-2">
            Decide on <TextLink href="/shifts?status=proposed">proposed shifts</TextLink>
          </li>
        )}
        {dialogues.map(({ slug, title, startsOn, coded, total, withText }) => (
          <li key={slug} className="py-2">
            Code{" "}
            <CountLink href={`/dialogues/${slug}/coding?status=not_coded`} count={total - coded}>
              {plural(total - coded, "statement", "statements")}
            </CountLink>{" "}
            of {title}, {formatDay(startsOn)}
            <span className="text-ink-2">
              {withText > 0 ? (
                <>
                  :{" "}
                  <CountLink href={`/dialogues/${slug}/coding?status=not_coded&text=stored`} count={withText}>
                    {withText}
                  </CountLink>{" "}
                  {withText === 1 ? "has" : "have"} a text
                </>
              ) : (
                ": no text is stored yet"
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Changes({ changes }: { changes: Awaited<ReturnType<typeof readOwn>>["changes"] }) {
  if (!changes) return null;
  const day = formatDay(dayOf(new Date(changes.since)));
  return (
    <Section title={`Changed by others since you were here, ${day}`} id="changes">
      {changes.dialogues.length > 0 ? (
        <ChangedDialogues dialogues={changes.dialogues} />
      ) : (
        <p className="text-ink-2">No dialogue.</p>
      )}
    </Section>
  );
}

function Views({ views }: { views: readonly ViewDto[] }) {
  return (
    <Section title="Saved views" id="views" more={["/views", "All"]}>
      {views.length > 0 ? (
        <ul className="grid gap-1.5">
          {views.map(({ id, name, address }) => (
            <li key={id}>
              <TextLink href={address}>{name}</TextLink>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-2">You keep none yet. “Save this view” stands on every page with filters.</p>
      )}
    </Section>
  );
}

function Watching({ watches }: { watches: readonly Watched[] }) {
  return (
    <Section title="You watch" id="watching" more={["/inbox#watching", "All"]}>
      {watches.length > 0 ? (
        <ul className="grid gap-1.5">
          {watches.slice(0, 2 * SHOWN).map(({ kind, id, name, href }) => (
            <li key={`${kind}:${id}`}>
              <TextLink href={href}>{name}</TextLink>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-2">Nothing yet. “Watch” stands on every state, group, issue and dialogue.</p>
      )}
    </Section>
  );
}
