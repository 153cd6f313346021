import { MapFigure, type MapView } from "@/components/chart/map-figure";
import type { Look, Place } from "@/components/chart/place";
import { CountedSentence, plainSentence, type SentencePart } from "@/components/ui/counted-sentence";
import { Headline } from "@/components/ui/headline";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { UN_REGION_NAMES, type ActorDto } from "@/features/actors/schema";
import { Chosen } from "@/features/figures/components/participation-map";
import type { SpokeClassDto, SpokeOverAll, SpokeRow } from "@/features/figures/queries/participation";
import { address } from "@/lib/address";
import { citationOf } from "@/lib/citation";
import { formatList, plural, type Day } from "@/lib/format";

/** Darker with each class; `place` is the place of the class, of which the first is "at none". */
function lookOf(place: number, sign: string): Look {
  if (place <= 0) return { className: "value-shape fill-sunken", ink: "fill-ink-2", sign };
  return { className: `value-shape step-${place}`, ink: `step-ink-${place}`, sign };
}

function labelOf({ from, until }: SpokeClassDto): string {
  if (until === 0) return "At none";
  return from === until ? `At ${from}` : `At ${from}–${until}`;
}

type SpokeMapProps = SpokeOverAll & {
  view: MapView;
  /** They are drawn, but in none of the numbers. */
  observers: readonly Pick<ActorDto, "iso3" | "slug" | "name">[];
  /** The key of the class that the table lists; all without. */
  show: string | undefined;
  /** The page with the table of one class, or of all. */
  hrefFor: (show: string | undefined) => string;
  csv: string;
  today: Day;
  /** Of which states alone it is, in words. */
  only: readonly string[];
};

/** At how many dialogues states spoke: a sentence, a map with its legend, and the same as a table. */
export function SpokeMap(props: SpokeMapProps) {
  const { view, classes, rows, observers, show, hrefFor, csv, today, only } = props;
  const placeOf = (row: SpokeRow): number =>
    classes.findIndex(({ from, until }) => row.spoke.length >= from && row.spoke.length <= until);
  const inClass = (key: string) => rows.filter((row) => classes[placeOf(row)]?.key === key);
  const silent = inClass("0").length;
  const sentence: SentencePart[] = [
    { text: String(silent), count: silent, href: hrefFor("0") },
    " of ",
    { text: plural(rows.length, "state", "states"), count: rows.length, href: hrefFor(undefined) },
    ...(only.length > 0 ? [` (${formatList(only)})`] : []),
    ` ${silent === 1 ? "is" : "are"} on record with no statement in ${silent === 1 ? "its" : "their"} own capacity at any dialogue.`,
  ];
  const chosen = classes.find(({ key }) => key === show);
  return (
    <>
      <Headline id="headline">
        <CountedSentence parts={sentence} />
      </Headline>
      <MapFigure
        view={view}
        title="Dialogues at which states spoke in their own capacity"
        places={[
          ...rows.map((row): Place => {
            const count = row.spoke.length;
            return {
              code: row.ref,
              title: `${row.name}: spoke at ${count} of ${plural(row.dialogues, "dialogue", "dialogues")}`,
              href: `/states/${row.slug}`,
              look: lookOf(placeOf(row), count === 0 ? "" : String(count)),
            };
          }),
          ...observers.map(({ iso3, slug, name }): Place => ({
            code: iso3 ?? "",
            title: `${name}: observer, not among the states`,
            href: `/states/${slug}`,
            look: { className: "value-shape fill-paper", ink: "fill-ink-2", sign: "" },
            observer: true,
          })),
        ]}
        legend={[
          {
            title: null,
            classes: classes.map((one, place) => ({
              key: one.key,
              look: lookOf(place, ""),
              label: labelOf(one),
              count: inClass(one.key).length,
              href: hrefFor(one.key),
            })),
          },
        ]}
        note={
          <>
            Of the dialogues with statements on record; a state is counted from its admission on. Where the record of
            speakers is not complete a number is a lower bound: <TextLink href="/trends">trends</TextLink> says for
            which dialogues.
          </>
        }
        csv={csv}
        sentence={plainSentence(sentence)}
        citation={citationOf({
          title: "Dialogues at which states spoke in their own capacity",
          conditions: only,
          read: today,
        })}
        table={
          <>
            <Chosen label={chosen && labelOf(chosen)} allHref={hrefFor(undefined)} />
            <SpokeTable rows={chosen ? inClass(chosen.key) : rows} />
          </>
        }
      />
    </>
  );
}

function SpokeTable({ rows }: { rows: readonly SpokeRow[] }) {
  return (
    <Table label="Dialogues at which states spoke">
      <thead>
        <tr>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Code</HeaderCell>
          <HeaderCell numeric>Spoke at</HeaderCell>
          <HeaderCell>Years</HeaderCell>
          <HeaderCell numeric>Only covered at</HeaderCell>
          <HeaderCell numeric>Dialogues as a member</HeaderCell>
          <HeaderCell>UN regional group</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ref, slug, name, spoke, covered, dialogues, region }) => (
          <tr key={ref}>
            <RowHeader>
              <TextLink plain href={`/states/${slug}`}>
                {name}
              </TextLink>
            </RowHeader>
            <Cell muted>{ref}</Cell>
            <Cell numeric>{spoke.length}</Cell>
            <Cell className="whitespace-normal">
              {spoke.map((at, place) => (
                <span key={at.slug}>
                  {place > 0 && ", "}
                  <TextLink href={address(`/dialogues/${at.slug}`, { q: ref })}>{at.startsOn.slice(0, 4)}</TextLink>
                </span>
              ))}
            </Cell>
            <Cell numeric>{covered}</Cell>
            <Cell numeric>{dialogues}</Cell>
            <Cell muted>{region && UN_REGION_NAMES[region]}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
