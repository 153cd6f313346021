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
import { scopeOf } from "@/features/positions/queries/matrix";
import { listTimelineOf } from "@/features/positions/queries/timeline";
import { evidenceQuery, matrixQuery, MODE_NAMES, MODES } from "@/features/positions/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { formatDay, plural } from "@/lib/format";
import { whole } from "@/lib/input";
import { orNotFound, tolerantly } from "@/lib/pages";

const ON_A_PAGE = 50;

const query = z.object({
  ...evidenceQuery.pick({ mode: true, value: true, asOf: true, dialogue: true, codebook: true }).shape,
  issues: matrixQuery.shape.issues,
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

async function read(tx: Tx, actorId: string, given: Record<string, string>) {
  const { page, mode, value, ...asked } = lenient(query, given);
  const codebook = await askedVersion(tx, asked.codebook);
  const reading = await loadReading(tx, codebook);
  // An address may name an issue that no version has.
  const issues = asked.issues?.filter((code) => reading.idsOf(code).length > 0);
  // One dialogue alone says when, too.
  const asOf = asked.dialogue === undefined ? asked.asOf : undefined;
  const { dialogue, day, scope } = await scopeOf(tx, { dialogue: asked.dialogue, asOf });
  const { entries, total } = await listTimelineOf(
    tx,
    actorId,
    { mode, value, issues, codebook, scope: asOf === undefined && dialogue === null ? undefined : scope },
    { page, size: ON_A_PAGE },
  );
  const filter = { mode, value, issues: issues?.join(","), asOf, dialogue: dialogue?.slug, codebook };
  const when = dialogue ? `at ${dialogue.title}` : asOf && `up to ${formatDay(day)}`;
  const choices = (await loadCodebook(tx, codebook))?.issues ?? [];
  return { page, entries, total, filter, when, choices };
}

export default async function PositionsOfActorPage(props: Props) {
  const { caller, actor } = await actorOf(props);
  const given = single(await props.searchParams);
  const { page, entries, total, filter, when, choices } = await orNotFound(
    snapshot(caller, (tx) => tolerantly(given, (params) => read(tx, actor.id, params))),
  );
  const { mode, value, issues, codebook } = filter;
  const path = `/positions/${actor.iso3 ?? actor.slug}`;
  const hrefFor = (change: object): string => address(path, { ...filter, ...change });
  const several = issues?.includes(",") ? issues.split(",").length : 0;
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
          chosen={issues}
          options={[
            ...(several > 0 ? [{ value: issues ?? "", label: plural(several, "issue", "issues") }] : []),
            ...choices.map(({ code, title }) => ({ value: code, label: title })),
          ]}
          hrefFor={(chosen) => hrefFor({ issues: chosen })}
        />
        {when && (
          <ButtonLink href={hrefFor({ asOf: undefined, dialogue: undefined })}>
            {when.replace(/^./, (letter) => letter.toUpperCase())} <span aria-hidden="true">✕</span>
            <span className="sr-only">, remove this filter</span>
          </ButtonLink>
        )}
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
