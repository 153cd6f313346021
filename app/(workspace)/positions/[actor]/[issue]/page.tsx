import type { Metadata } from "next";
import { cache } from "react";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Headline } from "@/components/ui/headline";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { actorPath } from "@/features/actors/schema";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { askedVersion } from "@/features/codebook/queries/reading";
import { VALUE_NAMES } from "@/features/codebook/schema";
import { EvidenceStrength } from "@/features/positions/components/evidence-strength";
import { EvidenceTable } from "@/features/positions/components/evidence-table";
import { PositionMark } from "@/features/positions/components/position-mark";
import { VoiceSentence } from "@/features/positions/components/voice-sentence";
import { evidenceParams } from "@/features/positions/formats/address";
import { decidingOf, getCellEvidence } from "@/features/positions/queries/cell";
import type { TimelineEntry } from "@/features/positions/queries/timeline";
import { evidenceQuery, MODE_NAMES } from "@/features/positions/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { formatDay, formatNumber, plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

type Props = { params: Promise<{ actor: string; issue: string }>; searchParams: Promise<SearchParams> };

/** Read once for the title and the page. */
const evidenceOf = cache(async (actor: string, issue: string, given: string) => {
  const caller = await pageCaller("record:read");
  const asked = lenient(evidenceQuery, Object.fromEntries(new URLSearchParams(given)));
  const codebook = await askedVersion(caller, asked.codebook);
  // One dialogue alone says when, too.
  const query = { ...asked, codebook, asOf: asked.dialogue === undefined ? asked.asOf : undefined };
  const read = (asOf: string | undefined) =>
    snapshot(caller, (tx) => getCellEvidence(tx, { actor, issue }, { ...query, asOf }));
  const reading = read(query.asOf).catch((error: unknown) => {
    // A day that makes no sense is left out.
    if (error instanceof DomainError && error.issues[0]?.path[0] === "asOf") return read(undefined);
    throw error;
  });
  return { query, evidence: await orNotFound(reading) };
});

async function readPage({ params, searchParams }: Props) {
  const { actor, issue } = await params;
  const given = new URLSearchParams(single(await searchParams)).toString();
  return evidenceOf(decodeURIComponent(actor), decodeURIComponent(issue), given);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { evidence } = await readPage(props);
  return { title: `${evidence.actor.name}: ${evidence.issue.title}` };
}

export default async function EvidencePage(props: Props) {
  const { query, evidence } = await readPage(props);
  const { actor, issue, cell, day, dialogue, timeline, voices, total, codebook, strength } = evidence;
  const path = `/positions/${actor.iso3 ?? actor.slug}/${issue.code}`;
  const context = evidenceParams(query);
  const filters = [
    query.mode && MODE_NAMES[query.mode],
    query.value && VALUE_NAMES[query.value],
    query.within && (dialogue ? `at ${dialogue.title}` : `up to ${formatDay(day)}`),
  ].filter(Boolean);
  const isWithin = (entry: TimelineEntry) => (dialogue ? entry.dialogue === dialogue.slug : entry.day <= day);
  const shown = timeline.filter(
    (entry) =>
      (query.mode === undefined || entry.mode === query.mode) &&
      (query.value === undefined || entry.value === query.value) &&
      (query.within === undefined || isWithin(entry)) &&
      (filters.length === 0 || entry.kind === "position"),
  );
  const statements = { actor: actor.iso3 ?? actor.slug, issue: issue.code };
  return (
    <Page>
      <PageTitle
        title={`${actor.name}: ${issue.title}`}
        crumbs={[{ label: "Positions", href: address("/positions", context) }]}
        sub={
          <>
            <TextLink href={address(actorPath(actor), { codebook: query.codebook })}>{actor.name}</TextLink> on{" "}
            <TextLink href={address(`/codebook/${issue.code}`, { codebook: query.codebook })}>{issue.title}</TextLink>,
            codebook version {codebook}
          </>
        }
      />
      <UnderVersion version={query.codebook} href={address(path, { ...context, codebook: undefined })} />
      {voices.length > 0 && (
        <Headline>
          {voices.map((voice, place) => (
            <span key={voice.mode}>
              {place > 0 && " "}
              <VoiceSentence voice={voice} hrefFor={(filter) => address(path, { ...context, ...filter })} />
            </span>
          ))}
        </Headline>
      )}
      <EvidenceStrength
        strength={strength}
        hrefs={{
          own: address(path, { ...context, mode: "own" }),
          delegated: address(path, { ...context, mode: "delegated" }),
          statements: address("/statements", { actor: statements.actor }),
          coded: address("/statements", { ...statements, coded: "yes" }),
        }}
      />
      <p className="flex flex-wrap items-baseline gap-x-2 py-2 text-ink-2">
        <span>{dialogue ? `At ${dialogue.title}:` : `As of ${formatDay(day)}:`}</span>
        <PositionMark {...cell} />
      </p>
      <Toolbar>
        {filters.length > 0 && (
          <ButtonLink href={address(path, context)}>
            {filters.join(", ")} <span aria-hidden="true">✕</span>
            <span className="sr-only">, remove this filter</span>
          </ButtonLink>
        )}
        <span className="text-ink-3">
          {plural(shown.length, "row", "rows")}
          {timeline.length < total && `, of ${formatNumber(total)} positions`}
        </span>
      </Toolbar>
      {shown.length > 0 ? (
        <EvidenceTable entries={shown} deciding={decidingOf(evidence)?.id} version={query.codebook} />
      ) : (
        <EmptyState
          title={
            filters.length > 0 ? "No position fits this filter." : `No position of ${actor.name} is on record here.`
          }
          action={
            filters.length > 0 ? (
              <ButtonLink href={address(path, context)}>Show all</ButtonLink>
            ) : (
              <ButtonLink href={actorPath(actor)}>Open {actor.name}</ButtonLink>
            )
          }
        />
      )}
      <p className="mt-3 max-w-headline text-sm text-ink-2">
        Every position on this issue at any time, the newest first: in its own voice, and through groups or others that
        spoke for it. Mentions, signatures and votes are listed and counted in no sentence.
      </p>
    </Page>
  );
}
