import type { Metadata } from "next";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { getActor } from "@/features/actors/queries/actor";
import { actorPath } from "@/features/actors/schema";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import { askedVersion, loadReading } from "@/features/codebook/queries/reading";
import { POSITION_VALUES, VALUE_NAMES } from "@/features/codebook/schema";
import { EvidenceTable } from "@/features/positions/components/evidence-table";
import { listTimelineOf } from "@/features/positions/queries/timeline";
import { evidenceQuery, MODE_NAMES, MODES } from "@/features/positions/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { plural } from "@/lib/format";
import { line, whole } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

const ON_A_PAGE = 50;

const query = z.object({
  ...evidenceQuery.pick({ mode: true, value: true, codebook: true }).shape,
  issue: line(80).optional(),
  page: whole(1, 10_000, "A number of a page.").default(1),
});

type Props = { params: Promise<{ actor: string }>; searchParams: Promise<SearchParams> };

async function actorOf({ params }: Props) {
  const caller = await pageCaller("record:read");
  return { caller, actor: await orNotFound(getActor(caller, decodeURIComponent((await params).actor))) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `Positions of ${(await actorOf(props)).actor.name}` };
}

export default async function PositionsOfActorPage(props: Props) {
  const { caller, actor } = await actorOf(props);
  const given = lenient(query, single(await props.searchParams));
  const codebook = await askedVersion(caller, given.codebook);
  const issues = await loadReading(caller, codebook);
  // An address may name an issue that no version has.
  const issue = given.issue !== undefined && issues.idsOf(given.issue).length > 0 ? given.issue : undefined;
  const { mode, value, page } = given;
  const filter = { mode, value, issue, codebook };
  const { entries, total } = await listTimelineOf(caller, actor.id, filter, { page, size: ON_A_PAGE });
  const choices = (await loadCodebook(caller, codebook))?.issues ?? [];
  const path = `/positions/${actor.iso3 ?? actor.slug}`;
  const hrefFor = (change: object): string => address(path, { ...filter, ...change });
  return (
    <Page>
      <PageTitle
        title={`Positions of ${actor.name}`}
        crumbs={[{ label: "Positions", href: "/positions" }]}
        sub={
          <>
            Each position of <TextLink href={`${actorPath(actor)}#positions`}>{actor.name}</TextLink> on any issue, the
            newest first, in its own voice or through those that spoke for it.
          </>
        }
      />
      <UnderVersion version={codebook} href={hrefFor({ codebook: undefined })} />
      <Toolbar>
        <FilterMenu
          label="Voice"
          chosen={mode}
          options={MODES.map((one) => ({ value: one, label: MODE_NAMES[one].toLowerCase() }))}
          hrefFor={(chosen) => hrefFor({ mode: chosen })}
        />
        <FilterMenu
          label="Value"
          chosen={value}
          options={POSITION_VALUES.map((one) => ({ value: one, label: VALUE_NAMES[one] }))}
          hrefFor={(chosen) => hrefFor({ value: chosen })}
        />
        <FilterMenu
          label="Issue"
          chosen={issue}
          options={choices.map(({ code, title }) => ({ value: code, label: title }))}
          hrefFor={(chosen) => hrefFor({ issue: chosen })}
        />
        <span className="text-ink-3">{plural(total, "position", "positions")}</span>
      </Toolbar>
      {entries.length > 0 ? (
        <EvidenceTable entries={entries} version={codebook} issues />
      ) : (
        <EmptyState
          title="No position fits these filters."
          action={<ButtonLink href={actorPath(actor)}>Open {actor.name}</ButtonLink>}
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
