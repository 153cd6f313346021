import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyHints } from "@/components/ui/key-hints";
import { Pagination } from "@/components/ui/pagination";
import { SearchForm } from "@/components/ui/search-form";
import { Toolbar } from "@/components/ui/toolbar";
import { ActNotice } from "@/features/batches/components/act-notice";
import { findAct } from "@/features/batches/queries";
import { VotesTable } from "@/features/votes/components/votes-table";
import { listVotes } from "@/features/votes/queries/votes";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { plural } from "@/lib/format";
import { day, line } from "@/lib/input";

export const metadata = { title: "Votes" };

const PATH = "/votes";
const ON_A_PAGE = 100;

const query = z.object({
  q: line(200).optional(),
  // Where the page before ended.
  date: day.optional(),
  id: z.uuid().optional(),
  act: z.uuid().optional(),
});

const KEYS = [
  { keys: "n", does: "Record a vote", target: "#record-vote" },
  { keys: "/", does: "Find a vote", target: "input[name=q]" },
];

export default async function VotesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const { q, date, id, act: done } = lenient(query, single(await searchParams));
  const { rows, total } = await listVotes(
    caller,
    { q },
    { limit: ON_A_PAGE + 1, ...(date && id ? { place: { date, id } } : {}) },
  );
  const shown = rows.slice(0, ON_A_PAGE);
  const last = shown.at(-1);
  const next = rows.length > ON_A_PAGE && last ? { date: last.date, id: last.id } : null;
  const mayEdit = holds(caller.role, "vote:edit");
  const act = done === undefined || !mayEdit ? null : await findAct(caller, done);
  return (
    <Page>
      <PageTitle title="Votes" sub="Votes by roll call, the newest first. A vote is no position: it is kept apart." />
      {act && <ActNotice act={act} />}
      <Toolbar
        end={
          mayEdit && (
            <ButtonLink variant="primary" id="record-vote" href={`${PATH}/new`}>
              Record a vote
            </ButtonLink>
          )
        }
      >
        <SearchForm action={PATH} label="Find a vote" value={q} />
        <span className="text-ink-3">{plural(total, "recorded vote", "recorded votes")}</span>
      </Toolbar>
      {shown.length > 0 ? (
        <VotesTable label="Recorded votes" votes={shown} />
      ) : (
        <EmptyState
          title={q ? "No recorded vote fits." : "No vote is on record yet."}
          action={
            q ? (
              <ButtonLink href={PATH}>Show all votes</ButtonLink>
            ) : (
              mayEdit && <ButtonLink href={`${PATH}/new`}>Record the first vote</ButtonLink>
            )
          }
        />
      )}
      <Pagination
        label="Pages of votes"
        previousHref={date && address(PATH, { q })}
        nextHref={next ? address(PATH, { q, ...next }) : undefined}
      />
      <div className="no-print pt-3">
        <KeyHints hints={mayEdit ? KEYS : KEYS.slice(1)} />
      </div>
    </Page>
  );
}
