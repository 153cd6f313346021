import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";
import { Toolbar } from "@/components/ui/toolbar";
import { KIND_NAMES } from "@/features/actors/schema";
import { DialogueHeader, DialogueTabs } from "@/features/dialogues/components/dialogue-header";
import { RuleSwitch } from "@/features/figures/components/counting-bar";
import { RepresentedTable } from "@/features/figures/components/represented-table";
import { nameOfRoute, representedIn } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { representedQuery, RULE_NAMES } from "@/features/figures/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "States represented" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

const KINDS = ["member_state", "observer"] as const;

export default async function RepresentedPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const query = lenient(representedQuery, single(await searchParams));
  const { kind, only, overlap, ...how } = query;
  const record = await orNotFound(snapshot(caller, (tx) => loadDialogueRecord(tx, slug)));
  const { dialogue } = record;
  const path = `/dialogues/${dialogue.slug}/represented`;
  const rows = representedIn(record, query);
  const { rule, aligned, meeting } = how;
  return (
    <Page>
      <DialogueHeader dialogue={dialogue} mayEdit={holds(caller.role, "dialogue:edit")} />
      <DialogueTabs slug={dialogue.slug} current="represented" query={address("", { rule, aligned, meeting })} />
      <Toolbar>
        <RuleSwitch path={path} how={how} meetings={dialogue.meetings} keep={{ kind, only, overlap }} />
        <Menu label={`Kind: ${kind ? KIND_NAMES[kind].many : "all"}`}>
          <MenuLink href={address(path, { ...query, kind: undefined })} current={!kind}>
            All
          </MenuLink>
          {KINDS.map((one) => (
            <MenuLink key={one} href={address(path, { ...query, kind: one })} current={one === kind}>
              {KIND_NAMES[one].many}
            </MenuLink>
          ))}
        </Menu>
        {(only ?? overlap) !== undefined && (
          <ButtonLink href={address(path, { ...query, only: undefined, overlap: undefined })}>
            {only === undefined ? "Counted by more than one route" : `Only through ${nameOfRoute(record, only)}`} ✕
            <span className="sr-only">, remove this filter</span>
          </ButtonLink>
        )}
        <span className="text-ink-3">{plural(rows.length, "row", "rows")}</span>
      </Toolbar>
      <p className="pb-3 text-sm text-ink-2">
        {RULE_NAMES[rule].counts} Aligned states {aligned === "include" ? "count" : "do not count"}. Each state is counted
        once, whatever the number of its routes.
      </p>
      {rows.length > 0 ? (
        <RepresentedTable slug={dialogue.slug} rows={rows} />
      ) : (
        <EmptyState title="Nobody is represented under this rule and these filters." action={<ButtonLink href={path}>Show all</ButtonLink>} />
      )}
    </Page>
  );
}
