import { Page } from "@/components/layout/page";
import { CountLink } from "@/components/ui/count-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { DialogueHeader, DialogueTabs } from "@/features/dialogues/components/dialogue-header";
import { ClaimsTable } from "@/features/figures/components/claims-table";
import { compareClaims } from "@/features/figures/queries/claims";
import { figuresOf } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { ALIGNED, RULE_NAMES, RULES } from "@/features/figures/schema";
import { address } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Figures" };

export default async function FiguresPage({ params }: { params: Promise<{ slug: string }> }) {
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const record = await orNotFound(snapshot(caller, (tx) => loadDialogueRecord(tx, slug)));
  const { dialogue } = record;
  const claims = compareClaims(record);
  const path = `/dialogues/${dialogue.slug}/represented`;
  return (
    <Page>
      <DialogueHeader dialogue={dialogue} mayEdit={holds(caller.role, "dialogue:edit")} />
      <DialogueTabs slug={dialogue.slug} current="figures" />
      <h2 className="mt-6 mb-2">States represented, by counting rule</h2>
      <Table label="States represented, by counting rule">
        <thead>
          <tr>
            <HeaderCell>Rule</HeaderCell>
            <HeaderCell>What it counts</HeaderCell>
            <HeaderCell numeric>Aligned left out</HeaderCell>
            <HeaderCell numeric>Aligned counted</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {RULES.map((rule) => (
            <tr key={rule}>
              <RowHeader>{RULE_NAMES[rule].name}</RowHeader>
              <Cell className="whitespace-normal">{RULE_NAMES[rule].counts}</Cell>
              {[...ALIGNED].reverse().map((aligned) => {
                const { states } = figuresOf(record, { rule, aligned }).represented;
                return (
                  <Cell key={aligned} numeric>
                    <CountLink href={address(path, { kind: "member_state", rule, aligned })} count={states}>
                      {states}
                    </CountLink>
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Table>
      <h2 className="mt-8 mb-2">Published figures</h2>
      <p className="pb-3 text-sm text-ink-2">
        Numbers that somebody published, beside what the record gives under the rule that the source claims, or else
        under own voice and groups. Where fewer speakers are recorded than were published, the computed number is a
        lower bound.
      </p>
      {claims.length > 0 ? (
        <ClaimsTable claims={claims} />
      ) : (
        <EmptyState title="No published figure is recorded for this dialogue." />
      )}
    </Page>
  );
}
