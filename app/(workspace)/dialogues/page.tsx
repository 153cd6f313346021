import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { KeyHints } from "@/components/ui/key-hints";
import { Pagination } from "@/components/ui/pagination";
import { SearchForm } from "@/components/ui/search-form";
import { Toolbar } from "@/components/ui/toolbar";
import { DialoguesTable } from "@/features/dialogues/components/dialogues-table";
import { listDialogues } from "@/features/dialogues/queries";
import { DIALOGUE_KIND_NAMES, DIALOGUE_KINDS } from "@/features/dialogues/schema";
import { listTallies } from "@/features/figures/queries/tallies";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { plural } from "@/lib/format";
import { day, line } from "@/lib/input";

export const metadata = { title: "Dialogues" };

const PATH = "/dialogues";
const ON_A_PAGE = 100;

const query = z.object({
  kind: z.enum(DIALOGUE_KINDS).optional(),
  q: line(200).optional(),
  // Where the page before ended.
  startsOn: day.optional(),
  id: z.uuid().optional(),
});

const KINDS = DIALOGUE_KINDS.map((value) => ({ value, label: DIALOGUE_KIND_NAMES[value] }));

const KEYS = [
  { keys: "n", does: "Add a dialogue", target: "#add-dialogue" },
  { keys: "/", does: "Search the record", target: "#site-search" },
  { keys: "f", does: "Find a dialogue", target: "main input[name=q]" },
];

export default async function DialoguesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const { kind, q, startsOn, id } = lenient(query, single(await searchParams));
  const { dialogues, total } = await listDialogues(
    caller,
    { ...(kind ? { kind } : {}), ...(q ? { q } : {}) },
    { limit: ON_A_PAGE + 1, ...(startsOn && id ? { place: { startsOn, id } } : {}) },
  );
  const shown = dialogues.slice(0, ON_A_PAGE);
  const last = shown.at(-1);
  const next = dialogues.length > ON_A_PAGE && last ? { startsOn: last.startsOn, id: last.id } : null;
  const tallies = await listTallies(caller, shown);
  const mayEdit = holds(caller.role, "dialogue:edit");
  const filtered = kind !== undefined || q !== undefined;

  return (
    <Page>
      <PageTitle title="Dialogues" sub="Debates and dialogues, the newest first: who is on record, and for whom." />
      <Toolbar
        end={
          mayEdit && (
            <ButtonLink variant="primary" id="add-dialogue" href={`${PATH}/new`}>
              Add a dialogue
            </ButtonLink>
          )
        }
      >
        <FilterMenu label="Kind" chosen={kind} options={KINDS} hrefFor={(kind) => address(PATH, { kind, q })} />
        <SearchForm action={PATH} label="Find a dialogue" value={q} keep={{ kind }} />
        <span className="text-ink-3">{plural(total, "dialogue", "dialogues")}</span>
      </Toolbar>
      {shown.length > 0 ? (
        <>
          <DialoguesTable dialogues={shown} tallies={tallies} />
          <p className="mt-3 max-w-read text-sm text-ink-2">
            “7 of 73” says that 7 member states are on record as speakers where 73 were published. States represented
            are counted from what is on record, under the rule own voice + groups, without aligned states.
          </p>
        </>
      ) : (
        <EmptyState
          title={filtered ? "No dialogue fits these filters." : "No dialogue is on record yet."}
          action={
            filtered ? (
              <ButtonLink href={PATH}>Show all dialogues</ButtonLink>
            ) : (
              mayEdit && <ButtonLink href={`${PATH}/new`}>Add the first dialogue</ButtonLink>
            )
          }
        />
      )}
      <Pagination
        label="Pages of dialogues"
        previousHref={startsOn && address(PATH, { kind, q })}
        nextHref={next ? address(PATH, { kind, q, ...next }) : undefined}
      />
      <div className="no-print flex flex-wrap items-center gap-x-4 pt-3">
        <a href="/api/v1/export.zip" download>
          The whole record (ZIP, Data Package)
        </a>
        <KeyHints hints={mayEdit ? KEYS : KEYS.slice(1)} />
      </div>
    </Page>
  );
}
