import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { CitePage } from "@/components/ui/cite-page";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyHints } from "@/components/ui/key-hints";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import { askedVersion } from "@/features/codebook/queries/reading";
import { listVersions } from "@/features/codebook/queries/versions";
import { listDialogues } from "@/features/dialogues/queries";
import { HowSettled } from "@/features/positions/components/how-settled";
import { PositionLegend } from "@/features/positions/components/legend";
import { StandsTabs } from "@/features/positions/components/stands-tabs";
import { MatrixToolbar } from "@/features/positions/components/matrix-toolbar";
import { mayGroup, MatrixView } from "@/features/positions/components/matrix-view";
import { conditionOf, pageParams } from "@/features/positions/formats/address";
import { groupsOn, loadSections } from "@/features/positions/queries/groupings";
import { getMatrix } from "@/features/positions/queries/matrix";
import { positionsPageQuery, type PositionsPageQuery } from "@/features/positions/schema";
import { today } from "@/features/actors/queries/actor";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { formatDay, plural } from "@/lib/format";
import { orNotFound, tolerantly } from "@/lib/pages";

export const metadata = { title: "Positions" };

const KEYS = [
  { keys: "↑ ↓ ← →", does: "Move between cells" },
  { keys: "Home, End", does: "Go to the ends of the row; with Ctrl, of the table" },
  { keys: "Enter", does: "Open the evidence of a cell" },
  { keys: "Escape", does: "Close the evidence beside a cell" },
  { keys: "/", does: "Search the record", target: "#site-search" },
];

export default async function PositionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const given = single(await searchParams);
  const codebook = await loadCodebook(caller);
  if (!codebook) return <NothingYet />;
  const { query, matrix, sections, groups, all, versions, dialogues } = await orNotFound(
    snapshot(caller, (tx) =>
      tolerantly(given, async (params) => read(tx, await queryOf(tx, params)), { where: ["add", "is"] }),
    ),
  );
  return (
    <Page>
      <PageTitle
        title="Positions"
        actions={
          <>
            <CitePage
              name="the table of positions"
              title={matrix.dialogue ? `Positions at ${matrix.dialogue.title}` : "Positions on record"}
              sentence={`${plural(matrix.rows.length, "actor", "actors")} by ${plural(matrix.issues.length, "issue", "issues")}, ${matrix.dialogue ? `at the dialogue of ${formatDay(matrix.asOf)}` : `as of ${formatDay(matrix.asOf)}`}.`}
              conditions={[
                `As of ${formatDay(matrix.asOf)}`,
                `Codebook version ${matrix.codebook}`,
                query.group && `Group: ${groups.find(({ slug }) => slug === query.group)?.name ?? query.group}`,
                query.region && `Regional group: ${query.region}`,
                `Aligned states ${query.aligned === "include" ? "count" : "do not count"}`,
              ]}
              read={await today(caller)}
              table="matrix"
            />
            <SaveView name="Positions" />
          </>
        }
        sub={
          matrix.dialogue
            ? `What was said at ${matrix.dialogue.title}, ${formatDay(matrix.asOf)}, alone: in each one’s own voice or through a group.`
            : `What each ${query.kind === "member_state" ? "state" : "actor"} has said, in its own voice or through a group, as of ${formatDay(matrix.asOf)}.`
        }
      />
      <StandsTabs current="/positions" />
      <UnderVersion
        version={query.codebook}
        href={address("/positions", { ...pageParams(query), codebook: undefined })}
      />
      <MatrixToolbar
        query={query}
        issues={all}
        shown={matrix.issues.length}
        groups={groups}
        dialogues={dialogues}
        versions={versions}
      />
      <PositionLegend />
      {matrix.rows.length > 0 ? (
        <div id="matrix">
          <MatrixView matrix={matrix} query={query} sections={sections} />
        </div>
      ) : (
        <EmptyState
          title="Nobody fits these filters."
          action={<ButtonLink href="/positions">Show all states</ButtonLink>}
        />
      )}
      <HowSettled matrix={matrix} query={query} grouped={sections && query.by === "group"} />
      <div className="no-print pt-3">
        <KeyHints hints={KEYS} />
      </div>
    </Page>
  );
}

function NothingYet() {
  return (
    <Page>
      <PageTitle title="Positions" />
      <div className="mt-6">
        <EmptyState title="There is no issue to take a position on yet.">
          When a version of the codebook is published, its issues are the columns of this table.
        </EmptyState>
      </div>
    </Page>
  );
}

/** The parameters as conditions of the table: what a form adds is one more of them. */
async function queryOf(tx: Tx, given: Record<string, string>): Promise<PositionsPageQuery> {
  const { add, is, ...query } = lenient(positionsPageQuery, given);
  const codebook = await askedVersion(tx, query.codebook);
  const more = add !== undefined && is !== undefined ? conditionOf(add, is) : null;
  // One dialogue alone says when, too.
  const asOf = query.dialogue === undefined ? query.asOf : undefined;
  return { ...query, codebook, asOf, where: more ? [...(query.where ?? []), more] : query.where };
}

async function read(tx: Tx, asked: PositionsPageQuery) {
  const matrix = await getMatrix(tx, asked);
  const query = mayGroup(asked) ? asked : { ...asked, by: undefined };
  const groups = await groupsOn(tx, matrix.asOf);
  return {
    query,
    matrix,
    groups,
    sections: query.by === undefined ? null : await loadSections(tx, matrix, query.by, groups),
    all: (await loadCodebook(tx, query.codebook))?.issues ?? [],
    versions: (await listVersions(tx)).map(({ number }) => number),
    dialogues: (await listDialogues(tx, {}, { limit: 200 })).dialogues,
  };
}
