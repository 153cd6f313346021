import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { askedVersion } from "@/features/codebook/queries/reading";
import { PositionMark } from "@/features/positions/components/position-mark";
import { evidenceParams, matrixParams } from "@/features/positions/formats/address";
import { listTablePositions } from "@/features/positions/queries/table-positions";
import { MODE_NAMES, MODES, tablePositionsQuery } from "@/features/positions/schema";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { formatDay, plural } from "@/lib/format";
import { whole } from "@/lib/input";
import { orNotFound, tolerantly } from "@/lib/pages";

export const metadata = { title: "Positions in the table" };

const ON_A_PAGE = 100;
const pageQuery = tablePositionsQuery.extend({ page: whole(1, 10_000, "A number of a page.").default(1) });

async function read(tx: Tx, given: Record<string, string>) {
  const { page, mode, ...asked } = lenient(pageQuery, given);
  const codebook = await askedVersion(tx, asked.codebook);
  // One dialogue alone says when, too.
  const query = { ...asked, codebook, asOf: asked.dialogue === undefined ? asked.asOf : undefined };
  return { query, mode, page, ...(await listTablePositions(tx, { ...query, mode }, { page, size: ON_A_PAGE })) };
}

/** The positions that a table of actors by issues shows, one by one: what stands behind the line that says on how many it rests. */
export default async function TablePositionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const given = single(await searchParams);
  const { query, mode, page, matrix, positions, total, names } = await orNotFound(
    snapshot(caller, (tx) => tolerantly(given, (params) => read(tx, params))),
  );
  const hrefFor = (change: object): string => address("/positions/cells", { ...matrixParams(query), mode, ...change });
  return (
    <Page>
      <PageTitle
        title="Positions in the table"
        crumbs={[{ label: "Positions", href: address("/positions", matrixParams(query)) }]}
        actions={<SaveView name="Positions in the table" />}
        sub={
          matrix.dialogue
            ? `Each position taken at ${matrix.dialogue.title}, ${formatDay(matrix.asOf)}, as the table shows it.`
            : `The latest position of each actor on each issue up to ${formatDay(matrix.asOf)}, as the table shows it.`
        }
      />
      <UnderVersion version={query.codebook} href={hrefFor({ codebook: undefined })} />
      <Toolbar>
        <FilterMenu
          label="Voice"
          chosen={mode}
          options={MODES.map((value) => ({ value, label: MODE_NAMES[value].toLowerCase() }))}
          hrefFor={(chosen) => hrefFor({ mode: chosen })}
        />
        <span className="text-ink-3">{plural(total, "position", "positions")}</span>
      </Toolbar>
      {positions.length > 0 ? (
        <Table label="Positions in the table">
          <thead>
            <tr>
              <HeaderCell>Who</HeaderCell>
              <HeaderCell>Issue</HeaderCell>
              <HeaderCell>Position</HeaderCell>
              <HeaderCell>Said on</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {positions.map(({ row, issue, cell }) => (
              <tr key={`${row.id} ${issue.id}`}>
                <RowHeader className="min-w-36">{row.name}</RowHeader>
                <Cell className="min-w-40">
                  <TextLink plain href={address(`/positions/${row.ref}/${issue.code}`, evidenceParams(query))}>
                    {issue.title}
                  </TextLink>
                </Cell>
                <Cell className="min-w-40">
                  <PositionMark
                    kind={cell.kind}
                    value={cell.value}
                    through={cell.through && (names[cell.through] ?? cell.through)}
                  />
                </Cell>
                <Cell className="whitespace-nowrap">
                  <SaidOn slug={matrix.dialogues.get(cell.at.dialogue ?? "")} day={cell.at.day} />
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : (
        <EmptyState
          title="No position fits these filters."
          action={<ButtonLink href={address("/positions", matrixParams(query))}>Back to the table</ButtonLink>}
        />
      )}
      <NumberedPages
        label="Pages of positions"
        page={page}
        size={ON_A_PAGE}
        total={total}
        hrefFor={(number) => hrefFor({ page: number })}
      />
    </Page>
  );
}

/** The dialogue of a position by its first day, or the year of another occasion. */
function SaidOn({ slug, day }: { slug: string | undefined; day: string }) {
  if (slug === undefined) return day.slice(0, 4);
  return (
    <TextLink plain href={`/dialogues/${slug}`}>
      {formatDay(day)}
    </TextLink>
  );
}
