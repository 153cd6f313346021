import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Toolbar } from "@/components/ui/toolbar";
import { today } from "@/features/actors/queries/actor";
import { KIND_NAMES } from "@/features/actors/schema";
import { DialogueHeader, DialogueTabs } from "@/features/dialogues/components/dialogue-header";
import { CiteFigures } from "@/features/figures/components/cite-figures";
import { RuleSwitch } from "@/features/figures/components/counting-bar";
import { RepresentedTable } from "@/features/figures/components/represented-table";
import { nameOfRoute, representedIn } from "@/features/figures/queries/counted";
import { atMeeting, loadDialogueRecord } from "@/features/figures/queries/record";
import { representedQuery, RULE_NAMES } from "@/features/figures/schema";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "States represented" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

const KINDS = (["member_state", "observer"] as const).map((value) => ({ value, label: KIND_NAMES[value].many }));

export default async function RepresentedPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const given = lenient(representedQuery, single(await searchParams));
  const record = await orNotFound(snapshot(caller, (tx) => loadDialogueRecord(tx, slug)));
  const { dialogue } = record;
  const query = atMeeting(given, record);
  const { kind, only, overlap, membership, ...how } = query;
  const path = `/dialogues/${dialogue.slug}/represented`;
  const rows = representedIn(record, query);
  const { rule, aligned, meeting } = how;
  const chosen = [
    ...(only === undefined ? [] : [["only", `Only through ${nameOfRoute(record, only)}`] as const]),
    ...(overlap === undefined ? [] : [["overlap", "Counted by more than one route"] as const]),
    ...(membership === undefined ? [] : [["membership", "No source shows that they had joined"] as const]),
  ];
  return (
    <Page>
      <DialogueHeader
        dialogue={dialogue}
        mayEdit={holds(caller.role, "dialogue:edit")}
        actions={<SaveView name={`States represented, ${dialogue.title}`} />}
      />
      <DialogueTabs slug={dialogue.slug} current="represented" query={address("", { rule, aligned, meeting })} />
      <Toolbar>
        <RuleSwitch path={path} how={how} meetings={dialogue.meetings} keep={{ kind, only, overlap, membership }} />
        <FilterMenu
          label="Kind"
          chosen={kind}
          options={KINDS}
          hrefFor={(value) => address(path, { ...query, kind: value })}
        />
        {chosen.map(([name, words]) => (
          <ButtonLink key={name} href={address(path, { ...query, [name]: undefined })}>
            {words} <span aria-hidden="true">✕</span>
            <span className="sr-only">, remove this filter</span>
          </ButtonLink>
        ))}
        <span className="text-ink-3">{plural(rows.length, "row", "rows")}</span>
        <CiteFigures
          name="the states represented"
          what="States represented"
          dialogue={dialogue}
          how={how}
          filters={[kind && `Kind: ${KIND_NAMES[kind].many}`, ...chosen.map(([, words]) => words)]}
          sentence={`Statements were delivered on behalf of ${representedInWords(rows)}.`}
          read={await today(caller)}
          table="represented"
        />
      </Toolbar>
      <p className="pb-3 text-sm text-ink-2">
        {RULE_NAMES[rule].counts} Aligned states {aligned === "include" ? "count" : "do not count"}. Each state is
        counted once, whatever the number of its routes.
      </p>
      {rows.length > 0 ? (
        <div id="represented">
          <RepresentedTable slug={dialogue.slug} rows={rows} />
        </div>
      ) : (
        <EmptyState
          title="Nobody is represented under this rule and these filters."
          action={<ButtonLink href={address(path, { rule, aligned, meeting })}>Show all</ButtonLink>}
        />
      )}
    </Page>
  );
}

/** "98 member states and 2 observers". */
function representedInWords(rows: ReturnType<typeof representedIn>): string {
  const states = rows.filter(({ kind }) => kind === "member_state").length;
  const observers = rows.length - states;
  const words = plural(states, "member state", "member states");
  return observers === 0 ? words : `${words} and ${plural(observers, "observer", "observers")}`;
}
