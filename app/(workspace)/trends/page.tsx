import Form from "next/form";
import { z } from "zod";
import { ChartFigure } from "@/components/chart/chart-figure";
import { WideDrawing } from "@/components/chart/wide-drawing";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { CountLink } from "@/components/ui/count-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Headline } from "@/components/ui/headline";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { today } from "@/features/actors/queries/actor";
import { RuleSwitch } from "@/features/figures/components/counting-bar";
import { TrendChart, trendSentence } from "@/features/figures/components/trend-chart";
import { TrendTable, TurnoutTable } from "@/features/figures/components/trend-tables";
import { TurnoutChart } from "@/features/figures/components/turnout-chart";
import { listTrend, type TrendPoint } from "@/features/figures/queries/over-time";
import { countingQuery, RULE_NAMES, SILENT_MEANING, type CountingQuery } from "@/features/figures/schema";
import { StandsTabs } from "@/features/positions/components/stands-tabs";
import { CompositionFigure } from "@/features/positions/components/composition-figure";
import { listComposition } from "@/features/positions/queries/composition";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { plural } from "@/lib/format";
import { citationOf } from "@/lib/citation";
import { line } from "@/lib/input";

export const metadata = { title: "Trends" };

const PATH = "/trends";

const query = z.object({
  rule: countingQuery.shape.rule,
  aligned: countingQuery.shape.aligned,
  issue: line(80).optional(),
  codebook: codebookParam,
});

export default async function TrendsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const { issue: code, codebook: version, ...how } = lenient(query, single(await searchParams));
  const codebook = await askedVersion(caller, version);
  const { points, day, issues, issue, composition } = await snapshot(caller, async (tx) => {
    const known = ((await loadCodebook(tx, codebook))?.issues ?? []).filter(({ scale }) => scale.length > 0);
    const chosen = known.find((one) => one.code === code);
    return {
      points: await listTrend(tx, how),
      day: await today(tx),
      issues: known,
      issue: chosen,
      composition: chosen ? await listComposition(tx, chosen.id, codebook) : [],
    };
  });
  const last = points.findLast(({ completeness }) => completeness !== "unrecorded") ?? points.at(-1);
  const conditions = [
    `Counting rule: ${RULE_NAMES[how.rule].name}`,
    how.aligned === "include" ? "aligned states count" : "aligned states do not count",
  ];
  return (
    <Page>
      <PageTitle
        title="Trends"
        sub="Who spoke, for how many, and what was said on each issue, dialogue by dialogue."
        actions={<SaveView name="Trends" />}
      />
      <StandsTabs current={PATH} />
      {last ? (
        <>
          <LatestSentence point={last} how={how} />
          <Toolbar>
            <RuleSwitch
              path={PATH}
              how={how}
              meetings={[]}
              keep={{ issue: issue?.code, codebook: codebook === undefined ? undefined : String(codebook) }}
            />
          </Toolbar>
          <ChartFigure
            name="participation"
            title="Speakers and states represented"
            note={
              <>
                {RULE_NAMES[how.rule].counts} Aligned states {how.aligned === "include" ? "count" : "do not count"}.{" "}
                {incompleteInWords(points)} Every published figure has its mark; publishers disagree.
              </>
            }
            csv={address("/api/v1/trends.csv", how)}
            sentence={trendSentence(last)}
            citation={citationOf({ title: "Speakers and states represented over the years", conditions, read: day })}
            table={<TrendTable points={points} how={how} />}
          >
            <WideDrawing label="Speakers and states represented, drawing">
              <TrendChart points={points} title="Member states that spoke and states represented, by dialogue" />
            </WideDrawing>
          </ChartFigure>
          <ChartFigure
            name="turnout"
            title="First-time speakers and those who fell silent"
            note={
              <>
                A first-time speaker spoke in its own capacity here and at no earlier dialogue on record. Those who fell
                silent {SILENT_MEANING}. Open bars: the record of that dialogue is not known to be complete, so that a
                state may have spoken all the same.
              </>
            }
            csv={address("/api/v1/trends.csv", how)}
            sentence={turnoutSentence(last)}
            citation={citationOf({ title: "First-time speakers and those who fell silent", conditions, read: day })}
            table={<TurnoutTable points={points} />}
          >
            <WideDrawing label="First-time speakers and those who fell silent, drawing">
              <TurnoutChart points={points} title="First-time speakers and those who fell silent, by dialogue" />
            </WideDrawing>
          </ChartFigure>
          <h2 id="issue" className="mt-9 mb-2">
            What was said on an issue
          </h2>
          <UnderVersion version={codebook} href={address(PATH, { ...how, issue: issue?.code })} />
          <Form action={`${PATH}#issue`} className="no-print flex flex-wrap items-center gap-2">
            <input type="hidden" name="rule" value={how.rule} />
            <input type="hidden" name="aligned" value={how.aligned} />
            {codebook !== undefined && <input type="hidden" name="codebook" value={codebook} />}
            <label htmlFor="trend-issue">Issue</label>
            <Select
              key={issue?.code}
              id="trend-issue"
              name="issue"
              required
              defaultValue={issue?.code ?? ""}
              placeholder="Choose an issue"
              options={issues.map(({ code: value, title }) => ({ value, label: title }))}
              className="max-w-full sm:w-auto"
            />
            <SubmitButton variant="default" pendingLabel="Looking…">
              Show
            </SubmitButton>
          </Form>
          {issue && <CompositionFigure issue={issue} codebook={codebook} rows={composition} day={day} />}
        </>
      ) : (
        <EmptyState
          title="No dialogue is on record yet."
          action={<TextLink href="/dialogues">Open the dialogues</TextLink>}
        />
      )}
    </Page>
  );
}

function incompleteInWords(points: readonly TrendPoint[]): string {
  const open = points.filter(({ completeness }) => completeness === "incomplete").length;
  const without = points.filter(({ completeness }) => completeness === "unrecorded").length;
  const of = `of ${plural(points.length, "dialogue", "dialogues")}`;
  const thin =
    open === 0
      ? ""
      : `The record of ${open} ${of} is known to be incomplete: their counted numbers are lower bounds, drawn open and not ` +
        "joined by a line, since a fall between them would only be one of the record. ";
  return without === 0 ? thin : `${thin}Of ${without} no statement is on record: they have published marks alone.`;
}

type SentenceProps = { point: TrendPoint; how: Omit<CountingQuery, "meeting"> };

/** What the last dialogue amounts to among the others. */
function LatestSentence({ point, how }: SentenceProps) {
  const { slug, title, spoke, reached, firstTime, fellSilent } = point;
  const path = `/dialogues/${slug}`;
  return (
    <Headline>
      <TextLink href={path}>{title}</TextLink>:{" "}
      <CountLink href={address(`${path}/speakers`, { kind: "member_state" })} count={spoke}>
        {plural(spoke, "member state", "member states")}
      </CountLink>{" "}
      on record spoke, on behalf of{" "}
      <CountLink href={address(`${path}/represented`, { kind: "member_state", ...how })} count={reached.length}>
        {plural(reached.length, "state", "states")}
      </CountLink>
      {firstTime && fellSilent && (
        <>
          ;{" "}
          <CountLink href={address(`${PATH}/first-time`, { dialogue: slug })} count={firstTime.length}>
            {firstTime.length}
          </CountLink>{" "}
          spoke in their own voice for the first time,{" "}
          <CountLink href={address(`${PATH}/fell-silent`, { dialogue: slug })} count={fellSilent.length}>
            {fellSilent.length}
          </CountLink>{" "}
          fell silent
        </>
      )}
      .
    </Headline>
  );
}

function turnoutSentence({ title, firstTime, fellSilent, completeness }: TrendPoint): string {
  const onRecord = completeness === "complete" ? "" : " on record";
  return `${title}: ${firstTime?.length ?? "no"} member states${onRecord} spoke in their own voice for the first time, ${fellSilent?.length ?? "no"} fell silent.`;
}
