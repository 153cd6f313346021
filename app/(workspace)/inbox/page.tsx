import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Pagination } from "@/components/ui/pagination";
import { Toolbar } from "@/components/ui/toolbar";
import { MarkReadForm } from "@/features/audit/components/mark-read-form";
import { NewsTable } from "@/features/audit/components/news-table";
import { WatchesTable } from "@/features/audit/components/watches-table";
import { loadInbox } from "@/features/audit/queries/inbox";
import { listWatches } from "@/features/audit/queries/watches";
import { inboxQuery } from "@/features/audit/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Inbox" };

const PATH = "/inbox";
const SIZE = 50;
const SHOWN = [{ value: "unread", label: "New only" }];

export default async function InboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("watch:own");
  const query = lenient(inboxQuery, single(await searchParams));
  const { of, show, before } = query;
  const [watches, inbox] = await Promise.all([listWatches(caller), loadInbox(caller, query, SIZE)]);
  const params = { of: of && `${of.kind}:${of.subject}`, show };
  const last = inbox.news.at(-1);
  const filtered = of !== undefined || show !== undefined;
  return (
    <Page>
      <PageTitle
        title="Inbox"
        sub="What others did to the states, groups, issues and dialogues that you watch, since you watch them."
      />
      {watches.length > 0 ? (
        <>
          <Toolbar end={inbox.news.some(({ unread }) => unread) && <MarkReadForm upTo={inbox.head} back={PATH} />}>
            <FilterMenu
              label="About"
              chosen={params.of}
              options={watches.map(({ kind, id, name }) => ({ value: `${kind}:${id}`, label: name }))}
              hrefFor={(value) => address(PATH, { ...params, of: value })}
            />
            <FilterMenu
              label="Show"
              chosen={show}
              options={SHOWN}
              hrefFor={(value) => address(PATH, { ...params, show: value })}
            />
          </Toolbar>
          {inbox.news.length > 0 ? (
            <NewsTable news={inbox.news} />
          ) : (
            <EmptyState
              title={filtered || before ? "There is nothing here." : "Nothing has happened yet."}
              action={filtered && <ButtonLink href={PATH}>Show everything</ButtonLink>}
            >
              {!filtered && !before && "Your own acts are no news to you, and drafts are nobody’s."}
            </EmptyState>
          )}
          <Pagination
            label="Pages of news"
            previousHref={before && address(PATH, params)}
            nextHref={inbox.more && last ? address(PATH, { ...params, before: last.position }) : undefined}
          />
          <h2 id="watching" className="mt-10 mb-3">
            What you watch
          </h2>
          <WatchesTable watches={watches} />
        </>
      ) : (
        <div className="mt-6">
          <EmptyState
            title="You watch nothing yet."
            action={
              <>
                <ButtonLink href="/dialogues">Dialogues</ButtonLink> <ButtonLink href="/states">States</ButtonLink>{" "}
                <ButtonLink href="/codebook">Issues</ButtonLink>
              </>
            }
          >
            Open a state, a group, an issue or a dialogue and press “Watch”: what happens to it comes here.
          </EmptyState>
        </div>
      )}
    </Page>
  );
}
