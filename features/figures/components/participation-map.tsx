import { MapFigure, type MapView } from "@/components/chart/map-figure";
import type { Look, Place } from "@/components/chart/place";
import { CountedSentence, plainSentence, type SentencePart } from "@/components/ui/counted-sentence";
import { Headline } from "@/components/ui/headline";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { UN_REGION_NAMES } from "@/features/actors/schema";
import { RouteList } from "@/features/figures/components/represented-table";
import type { DialogueParticipation, ParticipationRow } from "@/features/figures/queries/participation";
import { PARTICIPATION_NAMES, PARTICIPATIONS, type Participation } from "@/features/figures/schema";
import { citationOf } from "@/lib/citation";
import { formatDay, formatList, plural, type Day } from "@/lib/format";

const STRIPES = "covered";

/** Stripes for whom others spoke, as a delegated position has them. */
function Stripes() {
  return (
    <defs>
      <pattern id={STRIPES} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={6} height={6} className="fill-surface" />
        <rect width={3.4} height={6} className="fill-accent" />
      </pattern>
    </defs>
  );
}

const LOOKS: Record<Participation, Look> = {
  own: { className: "value-shape fill-accent", ink: "fill-on-fill", sign: "●" },
  covered: { className: "value-shape", fill: `url(#${STRIPES})`, ink: "fill-ink-2", sign: "●", plate: "fill-surface" },
  neither: { className: "value-shape fill-sunken", ink: "fill-ink-2", sign: "" },
  not_a_member: { className: "value-shape fill-paper", ink: "fill-ink-3", sign: "/" },
};

/** "Only through others: Nordic countries, named by Denmark". */
function howInWords({ how, routes }: ParticipationRow): string {
  const words = PARTICIPATION_NAMES[how];
  return how === "covered" ? `${words}: ${formatList(routes.map(({ label }) => label))}` : words;
}

function participationPlaces(slug: string, rows: readonly ParticipationRow[], observer: boolean): Place[] {
  return rows.map((row) => {
    const evidence = row.routes[0]?.statements[0]?.id;
    const words = howInWords(row);
    return {
      code: row.ref,
      title: `${row.name}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`,
      href: evidence === undefined ? `/states/${row.slug}` : `/dialogues/${slug}/statements/${evidence}`,
      look: LOOKS[row.how],
      observer,
    };
  });
}

type ParticipationMapProps = DialogueParticipation & {
  view: MapView;
  /** The one class that the table lists; all without. */
  show: Participation | undefined;
  /** The page with the table of one class, or of all. */
  hrefFor: (show: Participation | undefined) => string;
  csv: string;
  aligned: "include" | "exclude";
  today: Day;
  /** Of which states alone it is, in words. */
  only: readonly string[];
};

/** How states took part in one dialogue: a sentence, a map with its legend, and the same as a table. */
export function ParticipationMap(props: ParticipationMapProps) {
  const { view, dialogue, states: rows, observers, show, hrefFor, csv, aligned, today, only } = props;
  const { slug, title, startsOn } = dialogue;
  const countOf = (how: Participation): number => rows.filter((row) => row.how === how).length;
  const part = (how: Participation, text: (count: number) => string): SentencePart => ({
    text: text(countOf(how)),
    count: countOf(how),
    href: hrefFor(how),
  });
  const sentence: SentencePart[] = [
    part("own", String),
    " of ",
    { text: plural(rows.length, "state", "states"), count: rows.length, href: hrefFor(undefined) },
    ...(only.length > 0 ? [` (${formatList(only)})`] : []),
    " spoke in their own capacity and ",
    part("covered", (count) => `${count} more`),
    ` ${countOf("covered") === 1 ? "was" : "were"} covered only through others at ${title}, ${formatDay(startsOn)}.`,
  ];
  const listed = show === undefined ? rows : rows.filter(({ how }) => how === show);
  return (
    <>
      <Headline id="headline">
        <CountedSentence parts={sentence} />
      </Headline>
      <MapFigure
        view={view}
        title={`Participation at ${title}`}
        places={[...participationPlaces(slug, rows, false), ...participationPlaces(slug, observers, true)]}
        legend={[
          {
            title: null,
            classes: PARTICIPATIONS.map((how) => ({
              key: how,
              look: LOOKS[how],
              label: PARTICIPATION_NAMES[how],
              count: countOf(how),
              href: hrefFor(how),
            })),
          },
        ]}
        patterns={<Stripes />}
        note={`Every route of every statement that counts, on the day of the dialogue. Aligned states ${
          aligned === "include" ? "are" : "are not"
        } covered by the statement that they associate themselves with.`}
        csv={csv}
        sentence={plainSentence(sentence)}
        citation={citationOf({
          title: `Participation at ${title}, ${formatDay(startsOn)}`,
          conditions: [`Aligned states ${aligned === "include" ? "are" : "are not"} covered`, ...only],
          read: today,
        })}
        table={
          <>
            <Chosen label={show && PARTICIPATION_NAMES[show]} allHref={hrefFor(undefined)} />
            <ParticipationTable label="Participation of member states" slug={slug} rows={listed} />
          </>
        }
      />
      {show === undefined && observers.length > 0 && (
        <>
          <h2 className="mt-9 mb-3">Observers</h2>
          <ParticipationTable label="Participation of observers" slug={slug} rows={observers} />
        </>
      )}
    </>
  );
}

/** That a table lists one class only, and the way to all. */
export function Chosen({ label, allHref }: { label: string | undefined; allHref: string }) {
  if (label === undefined) return null;
  return (
    <p className="mb-2 text-ink-2">
      Listed: {label.toLowerCase()}.{" "}
      <span className="no-print">
        <TextLink href={allHref}>Show all states</TextLink>
      </span>
    </p>
  );
}

type ParticipationTableProps = { label: string; slug: string; rows: readonly ParticipationRow[] };

function ParticipationTable({ label, slug, rows }: ParticipationTableProps) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Code</HeaderCell>
          <HeaderCell>Participation</HeaderCell>
          <HeaderCell>Counted by</HeaderCell>
          <HeaderCell>UN regional group</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ref, slug: page, name, how, routes, region }) => (
          <tr key={ref}>
            <RowHeader>
              <TextLink plain href={`/states/${page}`}>
                {name}
              </TextLink>
            </RowHeader>
            <Cell muted>{ref}</Cell>
            <Cell>{PARTICIPATION_NAMES[how]}</Cell>
            <Cell className="whitespace-normal">{routes.length > 0 && <RouteList slug={slug} routes={routes} />}</Cell>
            <Cell muted>{region && UN_REGION_NAMES[region]}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
