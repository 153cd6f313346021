import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { CopyAs } from "@/components/ui/copy-as";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Notice } from "@/components/ui/notice";
import { Toolbar } from "@/components/ui/toolbar";
import { ActorField } from "@/features/actors/components/actor-field";
import { today } from "@/features/actors/queries/actor";
import { actorNames } from "@/features/actors/queries/names";
import { findRefByText, loadActorOptions } from "@/features/actors/queries/options";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { askedVersion } from "@/features/codebook/queries/reading";
import { listDialogues } from "@/features/dialogues/queries";
import { CompareHeadline, compareSentence } from "@/features/positions/components/compare-headline";
import { ComparedTable, PairsTable } from "@/features/positions/components/compare-tables";
import { EvidenceStrength } from "@/features/positions/components/evidence-strength";
import { StandsTabs } from "@/features/positions/components/stands-tabs";
import { compareParams, comparePath } from "@/features/positions/formats/compare-address";
import { compare, type Comparison } from "@/features/positions/queries/compare";
import { comparePageQuery, LEAST_COMPARED, MOST_COMPARED, type ComparePageQuery } from "@/features/positions/schema";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { citationOf } from "@/lib/citation";
import { snapshot, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { formatDay, formatList } from "@/lib/format";

export const metadata = { title: "Compare" };

const PATH = "/compare";
const VOICE_NAMES = [
  { value: "any", label: "own and delegated" },
  { value: "own", label: "own voice" },
] as const;

/** What the address asks for, with what a form adds; `unknown` is a typed name that nobody has, or that several have. */
async function queryOf(tx: Tx, given: Record<string, string>) {
  const { add, ...asked } = lenient(comparePageQuery, given);
  const codebook = await askedVersion(tx, asked.codebook);
  const found = add === undefined ? undefined : await findRefByText(tx, add);
  const actors = [...new Set([...asked.actors, ...(found === undefined ? [] : [found])])].slice(0, MOST_COMPARED);
  // One dialogue alone says when, too.
  const asOf = asked.dialogue === undefined ? asked.asOf : undefined;
  const query: ComparePageQuery = { ...asked, codebook, actors, asOf };
  return { query, unknown: add !== undefined && found === undefined ? add : null };
}

/** An actor, issue, dialogue or day that the record does not have is left out. */
async function compareTolerantly(
  tx: Tx,
  query: ComparePageQuery,
): Promise<{ query: ComparePageQuery; comparison: Comparison | null }> {
  if (query.actors.length < LEAST_COMPARED) return { query, comparison: null };
  try {
    const { steps: _, ...asked } = query;
    return { query, comparison: await compare(tx, asked) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const wrong = error.code === "NOT_FOUND" ? "dialogue" : error.issues[0]?.path[0];
    if (wrong === "actors") return compareTolerantly(tx, { ...query, actors: await known(tx, query.actors) });
    if (wrong !== "asOf" && wrong !== "issues" && wrong !== "dialogue") throw error;
    return compareTolerantly(tx, { ...query, [wrong]: undefined });
  }
}

async function known(tx: Tx, refs: readonly string[]): Promise<string[]> {
  const names = await actorNames(tx, refs);
  const kept = refs.filter((ref) => ref in names);
  // Several references of one actor are one.
  const unique = [...new Map(kept.map((ref) => [names[ref], ref])).values()];
  return unique.length < refs.length ? unique : unique.slice(0, LEAST_COMPARED - 1);
}

async function read(tx: Tx, given: Record<string, string>) {
  const { query: asked, unknown } = await queryOf(tx, given);
  const { query, comparison } = await compareTolerantly(tx, asked);
  const throughs = (comparison?.rows ?? []).flatMap(({ cells }) =>
    cells.flatMap(({ cell }) => ("value" in cell && cell.through !== null ? cell.through : [])),
  );
  return {
    query,
    comparison,
    unknown,
    names: await actorNames(tx, [...new Set([...query.actors, ...throughs])]),
    options: await loadActorOptions(tx),
    dialogues: (await listDialogues(tx, {}, { limit: 200 })).dialogues,
    day: await today(tx),
  };
}

export default async function ComparePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const given = single(await searchParams);
  const { query, comparison, unknown, names, options, dialogues, day } = await snapshot(caller, (tx) =>
    read(tx, given),
  );
  const choices = dialogues.map(({ slug, title }) => ({ value: slug, label: title }));
  const { actors: _, ...keep } = compareParams(query);
  return (
    <Page>
      <PageTitle
        title="Compare"
        actions={<SaveView name="Compare" />}
        sub="Two to six states or groups, on the issues that they all addressed."
      />
      <StandsTabs current="/compare" />
      <UnderVersion version={query.codebook} href={comparePath(query, { codebook: undefined })} />
      {unknown !== null && (
        <Notice tone="warn">
          “{unknown}” means nobody on record, or several. Choose a name from the list, or type the code.
        </Notice>
      )}
      <Toolbar>
        {query.actors.map((ref) => (
          <ButtonLink
            key={ref}
            href={comparePath(query, { actors: query.actors.filter((one) => one !== ref), steps: undefined })}
          >
            {names[ref] ?? ref} <span aria-hidden="true">✕</span>
            <span className="sr-only">, leave out</span>
          </ButtonLink>
        ))}
        {query.actors.length < MOST_COMPARED && (
          <ActorField
            key={query.actors.join()}
            action={PATH}
            name="add"
            label="Add a state or group"
            options={options}
            keep={{ actors: query.actors.join(","), ...keep }}
            button="Add"
          />
        )}
      </Toolbar>
      <Toolbar
        end={
          comparison && (
            <ButtonLink href={address("/api/v1/compare.csv", compareParams(query))} download>
              CSV
            </ButtonLink>
          )
        }
      >
        <FilterMenu
          label="As of"
          chosen={query.asOf}
          options={choices}
          hrefFor={(asOf) => comparePath(query, { asOf, dialogue: undefined, steps: undefined })}
        />
        <FilterMenu
          label="At one dialogue"
          chosen={query.dialogue}
          options={choices}
          hrefFor={(dialogue) => comparePath(query, { dialogue, asOf: undefined, steps: undefined })}
        />
        <FilterMenu
          label="Voice"
          chosen={query.voice}
          options={VOICE_NAMES}
          hrefFor={(voice) => comparePath(query, { voice: voice === "own" ? "own" : "any", steps: undefined })}
        />
      </Toolbar>
      {comparison ? (
        <Compared comparison={comparison} query={query} names={names} day={day} />
      ) : (
        <EmptyState title="Name at least two states or groups.">
          Type any name or code above. Of a group its own voice is compared: what was said in statements on its behalf.
        </EmptyState>
      )}
    </Page>
  );
}

type ComparedProps = {
  comparison: Comparison;
  query: ComparePageQuery;
  names: Record<string, string>;
  /** Today. */
  day: string;
};

function Compared({ comparison, query, names, day }: ComparedProps) {
  const { actors, rows, asOf, dialogue, codebook, voice } = comparison;
  const all = rows.filter(({ agreement }) => agreement.kind === "all");
  const same = all.filter(({ agreement }) => agreement.kind === "all" && agreement.steps === 0);
  const shown = all.filter(
    ({ agreement }) =>
      query.steps === undefined || (agreement.kind === "all" && String(agreement.steps) === query.steps),
  );
  const some = rows.filter(({ agreement }) => agreement.kind === "some");
  const nobody = rows.filter(({ agreement }) => agreement.kind === "none").map(({ issue }) => issue.title);
  const who = actors.map(({ actor }) => actor.name);
  const told = { names: who, both: all.length, same: same.length };
  const when = dialogue ? `at ${dialogue.title}, ${formatDay(asOf)}` : `as of ${formatDay(asOf)}`;
  const conditions = [when, `codebook version ${codebook}`, voice === "own" ? "own voice" : "own and delegated"];
  return (
    <>
      <CompareHeadline query={query} {...told} />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-sm text-ink-2">{conditions.join(" · ").replace(/^./, (letter) => letter.toUpperCase())}</p>
        <CopyAs
          name="the comparison"
          sentence={compareSentence(told)}
          citation={citationOf({ title: `Positions of ${formatList(who)}`, conditions, read: day })}
          table="compared"
        />
      </div>
      <PairsTable comparison={comparison} query={query} pairs={comparison.pairs} />
      <h2 id="all-addressed" className="mt-9 mb-3">
        Issues that {actors.length === 2 ? "both" : "all"} addressed
        {query.steps !== undefined && (query.steps === "0" ? ", with the same value" : `, ${query.steps} apart`)}
      </h2>
      {query.steps !== undefined && (
        <p className="mb-3">
          <ButtonLink href={`${comparePath(query, { steps: undefined })}#all-addressed`}>
            Show all that {actors.length === 2 ? "both" : "all"} addressed
          </ButtonLink>
        </p>
      )}
      <div id="compared">
        {shown.length > 0 ? (
          <ComparedTable
            comparison={comparison}
            query={query}
            names={names}
            rows={shown}
            label="Issues that all addressed"
          />
        ) : (
          <p className="text-ink-2">There is none.</p>
        )}
      </div>
      {some.length > 0 && (
        <>
          <h2 id="some-addressed" className="mt-9 mb-3">
            Issues that only some addressed
          </h2>
          <ComparedTable
            comparison={comparison}
            query={query}
            names={names}
            rows={some}
            label="Issues that only some addressed"
          />
        </>
      )}
      {nobody.length > 0 && <p className="mt-3 text-sm text-ink-2">Nobody of them addressed: {nobody.join(" · ")}.</p>}
      <h2 id="evidence" className="mt-9 mb-2">
        On how much this rests
      </h2>
      <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {actors.map(({ actor, ref, strength }) => {
          const mode = voice === "own" ? "own" : undefined;
          const scope = { asOf: dialogue ? undefined : asOf, dialogue: dialogue?.slug };
          const statements = { ...scope, actor: ref, mode };
          const positions = { ...scope, issues: query.issues?.join(","), codebook: query.codebook };
          return (
            <div key={ref} className="contents">
              <dt className="font-medium">{actor.name}</dt>
              <dd>
                <EvidenceStrength
                  strength={strength}
                  hrefs={{
                    own: address(`/positions/${ref}`, { ...positions, mode: "own" }),
                    delegated: address(`/positions/${ref}`, { ...positions, mode: "delegated" }),
                    statements: address("/statements", statements),
                    coded: address("/statements", { ...statements, coded: "yes" }),
                  }}
                />
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="mt-3 max-w-headline text-sm text-ink-2">
        The latest position of each{dialogue ? " at the dialogue alone" : " up to the day"}. An absence is no value: it
        agrees with nothing and is in no number. How far apart two values are is counted in steps of the scale.
      </p>
    </>
  );
}
