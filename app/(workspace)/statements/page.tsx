import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { Toolbar } from "@/components/ui/toolbar";
import { actorNames } from "@/features/actors/queries/names";
import { loadReading } from "@/features/codebook/queries/reading";
import { StatementsTable } from "@/features/positions/components/statements-table";
import { findStatementsToCode } from "@/features/positions/queries/to-code";
import { MODE_NAMES, MODES, statementsQuery } from "@/features/positions/schema";
import { statementsByIds } from "@/features/statements/queries/of-actor";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { formatDay, isDay, plural } from "@/lib/format";
import { whole } from "@/lib/input";

export const metadata = { title: "Statements" };

const PATH = "/statements";
const ON_A_PAGE = 50;
const pageQuery = statementsQuery.extend({ page: whole(1, 10_000, "A number of a page.").default(1) });

const CODED = [
  { value: "yes", label: "coded" },
  { value: "no", label: "not coded" },
] as const;

async function read(tx: Tx, given: Record<string, string>) {
  const { page, ...asked } = lenient(pageQuery, given);
  // One dialogue alone says when, too.
  const query = asked.dialogue === undefined ? asked : { ...asked, asOf: undefined };
  const { ids, total } = await findStatementsToCode(tx, query, { page, size: ON_A_PAGE });
  const refs = query.actor === undefined ? [] : [query.actor];
  return {
    query,
    page,
    total,
    statements: await statementsByIds(tx, ids),
    actor: query.actor && ((await actorNames(tx, refs))[query.actor] ?? query.actor),
    issue: query.issue && (await issueTitle(tx, query.issue, query.codebook)),
  };
}

async function issueTitle(tx: Tx, code: string, codebook: number | undefined): Promise<string> {
  const issues = await loadReading(tx, codebook);
  const [id] = issues.idsOf(code);
  return id === undefined ? code : issues.read(id).title;
}

/** A parameter that only the record can judge, and that it does not have, is left out. */
async function readTolerantly(tx: Tx, given: Record<string, string>): ReturnType<typeof read> {
  try {
    return await read(tx, given);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const wrong = error.code === "NOT_FOUND" ? "dialogue" : error.issues[0]?.path[0];
    if (wrong === undefined || !(wrong in given)) throw error;
    return readTolerantly(tx, Object.fromEntries(Object.entries(given).filter(([name]) => name !== wrong)));
  }
}

export default async function StatementsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const given = single(await searchParams);
  const { query, page, total, statements, actor, issue } = await snapshot(caller, (tx) => readTolerantly(tx, given));
  const hrefFor = (change: object): string => address(PATH, { ...query, ...change });
  const about = [
    actor && (query.mode ? `${MODE_NAMES[query.mode].toLowerCase()} of ${actor}` : `by or on behalf of ${actor}`),
    query.dialogue && `at ${statements[0]?.dialogue.title ?? query.dialogue}`,
    query.asOf && (isDay(query.asOf) ? `up to ${formatDay(query.asOf)}` : `up to the dialogue ${query.asOf}`),
    issue && query.coded && `${query.coded === "yes" ? "coded" : "not coded"} for “${issue}”`,
  ].filter(Boolean);
  return (
    <Page>
      <PageTitle
        title="Statements"
        actions={<SaveView name="Statements" />}
        crumbs={[{ label: "Positions", href: "/positions" }]}
        sub={
          about.length > 0
            ? `${about.join(", ")}.`.replace(/^./, (letter) => letter.toUpperCase())
            : "Every statement that counts, the newest dialogue first."
        }
      />
      <Toolbar>
        <FilterMenu label="Coding" chosen={query.coded} options={CODED} hrefFor={(coded) => hrefFor({ coded })} />
        {query.actor !== undefined && (
          <FilterMenu
            label="Voice"
            chosen={query.mode}
            options={MODES.map((value) => ({ value, label: MODE_NAMES[value].toLowerCase() }))}
            hrefFor={(mode) => hrefFor({ mode })}
          />
        )}
        {about.length > 0 && <ButtonLink href={address(PATH, { coded: query.coded })}>All statements</ButtonLink>}
        <span className="text-ink-3">{plural(total, "statement", "statements")}</span>
      </Toolbar>
      {statements.length > 0 ? (
        <StatementsTable statements={statements} />
      ) : (
        <EmptyState
          title="No statement fits these filters."
          action={<ButtonLink href={PATH}>Show all statements</ButtonLink>}
        />
      )}
      <NumberedPages
        label="Pages of statements"
        page={page}
        size={ON_A_PAGE}
        total={total}
        hrefFor={(number) => hrefFor({ page: number })}
      />
      <p className="mt-3 max-w-read text-sm text-ink-2">
        Statements, joint statements and statements of civil society count; openings, panels and withdrawn statements do
        not. A statement is coded when somebody has read it for the codebook and submitted what it says.
      </p>
    </Page>
  );
}
