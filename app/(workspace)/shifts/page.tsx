import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { CountLink } from "@/components/ui/count-link";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Headline } from "@/components/ui/headline";
import { Notice } from "@/components/ui/notice";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { Toolbar } from "@/components/ui/toolbar";
import { ActorField } from "@/features/actors/components/actor-field";
import { findRefByText, loadActorOptions } from "@/features/actors/queries/options";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import { listDialogues } from "@/features/dialogues/queries";
import { ReopenShiftForm } from "@/features/positions/components/shift-forms";
import { ShiftsTable } from "@/features/positions/components/shifts-table";
import { StandsTabs } from "@/features/positions/components/stands-tabs";
import { getShift, listShifts } from "@/features/positions/queries/shifts";
import {
  SHIFT_STATUS_NAMES,
  SHIFT_STATUSES,
  shiftRef,
  shiftsQuery,
  type ShiftsQuery,
} from "@/features/positions/schema";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { plural } from "@/lib/format";
import { whole } from "@/lib/input";

export const metadata = { title: "Shifts" };

const PATH = "/shifts";
const ON_A_PAGE = 25;
const pageQuery = shiftsQuery.extend({ page: whole(1, 10_000, "A number of a page.").default(1) });

async function read(tx: Tx, given: Record<string, string>) {
  const { page, ...asked } = lenient(pageQuery.strip(), given);
  // From the form, by any name.
  const actor = asked.actor && ((await findRefByText(tx, asked.actor)) ?? asked.actor);
  const query = { ...asked, actor };
  const found = await listShifts(tx, query, { limit: ON_A_PAGE, offset: (page - 1) * ON_A_PAGE });
  return { query, page, ...found };
}

/** An actor or issue that the record does not have is left out. */
async function readTolerantly(tx: Tx, given: Record<string, string>): ReturnType<typeof read> {
  try {
    return await read(tx, given);
  } catch (error) {
    const wrong = error instanceof DomainError && error.code === "INVALID" ? error.issues[0]?.path[0] : undefined;
    if (wrong === undefined || !(wrong in given)) throw error;
    return readTolerantly(tx, Object.fromEntries(Object.entries(given).filter(([name]) => name !== wrong)));
  }
}

/** The shift on which its reader just decided; null when the address names none. */
async function findDecided(tx: Tx, decided: string | undefined) {
  const [actor, earlier, later] = decided?.split(".") ?? [];
  const ref = shiftRef.safeParse({ actor, earlier, later });
  if (!ref.success) return null;
  try {
    return await getShift(tx, ref.data);
  } catch (error) {
    if (error instanceof DomainError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

export default async function ShiftsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const given = single(await searchParams);
  const { query, page, shifts, total, counts, decided, issues, dialogues, options } = await snapshot(
    caller,
    async (tx) => ({
      ...(await readTolerantly(tx, given)),
      decided: await findDecided(tx, given.decided),
      issues: (await loadCodebook(tx))?.issues ?? [],
      dialogues: (await listDialogues(tx, {}, { limit: 200 })).dialogues,
      options: await loadActorOptions(tx),
    }),
  );
  const hrefFor = (change: Partial<ShiftsQuery> & { page?: number }): string => address(PATH, { ...query, ...change });
  const back = hrefFor({ page }).slice(PATH.length);
  const filtered = Object.values(query).some((value) => value !== undefined);
  return (
    <Page>
      <PageTitle
        title="Shifts"
        actions={<SaveView name="Shifts" />}
        sub="Where an actor’s own voice on an issue differs by a step of the scale or more from the time before. A shift is proposed by rule, and confirmed or dismissed by a person who has read both."
      />
      <StandsTabs current="/shifts" />
      <Headline>
        {SHIFT_STATUSES.map((status, place) => (
          <span key={status}>
            {place > 0 && (place === SHIFT_STATUSES.length - 1 ? " and " : ", ")}
            {counts[status] === 0 ? (
              `${place === 0 ? "None" : "none"} is ${SHIFT_STATUS_NAMES[status].toLowerCase()}`
            ) : (
              <CountLink href={hrefFor({ status })} count={counts[status]}>
                {plural(counts[status], "shift is", "shifts are")} {SHIFT_STATUS_NAMES[status].toLowerCase()}
              </CountLink>
            )}
          </span>
        ))}
        .
      </Headline>
      {decided && (
        <Notice tone="ok">
          <div className="flex flex-wrap items-center gap-3">
            <span>
              {decided.actorName} on {decided.issueTitle}:{" "}
              {decided.status === "proposed"
                ? "the decision is taken back; the shift is proposed again."
                : `the shift is ${SHIFT_STATUS_NAMES[decided.status].toLowerCase()}.`}
            </span>
            {decided.status !== "proposed" && holds(caller.role, "shift:decide") && (
              <ReopenShiftForm
                shift={{ ...decided, earlier: decided.earlier.id, later: decided.later.id }}
                back={back}
                label="Undo"
              />
            )}
          </div>
        </Notice>
      )}
      <Toolbar>
        <FilterMenu
          label="Status"
          chosen={query.status}
          options={SHIFT_STATUSES.map((value) => ({ value, label: SHIFT_STATUS_NAMES[value] }))}
          hrefFor={(status) => hrefFor({ status: SHIFT_STATUSES.find((one) => one === status) })}
        />
        <FilterMenu
          label="Issue"
          chosen={query.issue}
          options={issues.map(({ code, title }) => ({ value: code, label: title }))}
          hrefFor={(issue) => hrefFor({ issue })}
        />
        <FilterMenu
          label="Since"
          chosen={query.since}
          options={dialogues.map(({ startsOn, title }) => ({ value: startsOn, label: title }))}
          hrefFor={(since) => hrefFor({ since })}
        />
        <ActorField
          action={PATH}
          name="actor"
          label="Of a state or group"
          value={options.find(({ ref }) => ref === query.actor)?.name ?? query.actor}
          options={options}
          keep={{ status: query.status, issue: query.issue, since: query.since }}
        />
        <span className="text-ink-3">{plural(total, "shift", "shifts")}</span>
        {filtered && <ButtonLink href={PATH}>Show all</ButtonLink>}
      </Toolbar>
      {shifts.length > 0 ? (
        <ShiftsTable shifts={shifts} mayDecide={holds(caller.role, "shift:decide")} back={back} />
      ) : (
        <EmptyState title={filtered ? "No shift fits these filters." : "No shift is on record."}>
          A shift needs two positions of one actor on one issue in its own voice, under versions of the codebook that
          ask the same.
        </EmptyState>
      )}
      <NumberedPages
        label="Pages of shifts"
        page={page}
        size={ON_A_PAGE}
        total={total}
        hrefFor={(number) => hrefFor({ page: number })}
      />
    </Page>
  );
}
