import { ButtonLink } from "@/components/ui/button";
import { FilterMenu } from "@/components/ui/filter-menu";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { actorPath } from "@/features/actors/schema";
import { POSITION_VALUES, VALUE_NAMES } from "@/features/codebook/schema";
import { Said } from "@/features/positions/components/evidence";
import type { CompendiumEntry } from "@/features/positions/queries/compendium";
import type { CompendiumQuery } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { formatDay, plural, type Day } from "@/lib/format";

const VALUES = POSITION_VALUES.map((value) => ({ value, label: VALUE_NAMES[value] }));

type CompendiumProps = {
  code: string;
  entries: readonly CompendiumEntry[];
  total: number;
  query: CompendiumQuery;
  page: number;
  size: number;
  /** To filter by, the newest first. */
  dialogues: readonly { slug: string; title: string; startsOn: Day }[];
  /** The page with other filters, or at another place of the list. */
  hrefFor: (change: {
    value?: string | undefined;
    dialogue?: string | undefined;
    quotes?: number | undefined;
  }) => string;
};

/** Every quotation on an issue with who said it, where, and the way to its place in the source. */
export function Compendium({ code, entries, total, query, page, size, dialogues, hrefFor }: CompendiumProps) {
  const filtered = query.value !== undefined || query.dialogue !== undefined;
  const api = `/api/v1/codebook/issues/${code}/quotations`;
  return (
    <section aria-labelledby="quotations">
      <h2 id="quotations" className="mt-9">
        {total > 0 ? plural(total, "quotation", "quotations") : "Quotations"}
      </h2>
      {(total > 0 || filtered) && (
        <Toolbar
          end={
            <>
              <ButtonLink href={address(`${api}.csv`, query)} download>
                CSV
              </ButtonLink>
              <ButtonLink href={address(`${api}.md`, query)} download>
                Markdown
              </ButtonLink>
            </>
          }
        >
          <FilterMenu
            label="Value"
            chosen={query.value}
            options={VALUES}
            hrefFor={(value) => `${hrefFor({ value, quotes: undefined })}#quotations`}
          />
          <FilterMenu
            label="Dialogue"
            chosen={query.dialogue}
            options={dialogues.map(({ slug, title, startsOn }) => ({
              value: slug,
              label: `${title}, ${formatDay(startsOn)}`,
            }))}
            hrefFor={(dialogue) => `${hrefFor({ dialogue, quotes: undefined })}#quotations`}
          />
        </Toolbar>
      )}
      {entries.length > 0 ? (
        <CompendiumTable entries={entries} />
      ) : (
        <p className="mt-2 max-w-read text-ink-2">
          {filtered
            ? "No quotation fits these filters."
            : "No words of a stored text are quoted on this issue yet. What sources attribute without a text is among the codings."}
        </p>
      )}
      <NumberedPages
        label="Pages of quotations"
        page={page}
        size={size}
        total={total}
        hrefFor={(number) => `${hrefFor({ quotes: number })}#quotations`}
      />
    </section>
  );
}

function CompendiumTable({ entries }: { entries: readonly CompendiumEntry[] }) {
  return (
    <Table label="Quotations" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Who</HeaderCell>
          <HeaderCell>Words</HeaderCell>
          <HeaderCell>Position</HeaderCell>
          <HeaderCell>Where</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id} id={`position-${entry.id}`}>
            <RowHeader className="min-w-36">
              <TextLink plain href={actorPath(entry.actor)}>
                {entry.actor.name}
              </TextLink>
              {entry.onBehalfOf !== "own capacity" && (
                <span className="block text-sm font-normal text-ink-2">{entry.onBehalfOf}</span>
              )}
            </RowHeader>
            <Cell className="min-w-72">
              <blockquote
                lang={entry.language === "und" ? undefined : entry.language}
                className="max-w-read border-s-2 border-mark-line ps-2.5 font-text text-read whitespace-pre-line wrap-anywhere"
              >
                {entry.exact}
              </blockquote>
            </Cell>
            <Cell className="min-w-36">
              <Said position={entry} />
            </Cell>
            <Cell className="min-w-44">
              <TextLink href={`/dialogues/${entry.dialogue.slug}`}>{entry.dialogue.title}</TextLink>
              <span className="block text-sm text-ink-2">{formatDay(entry.dialogue.startsOn)}</span>
              <span className="block text-sm">
                <Place entry={entry} />
              </span>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Place({ entry: { orphaned, paragraph, page, path } }: { entry: CompendiumEntry }) {
  if (orphaned) return <span className="text-ink-3">These words are not in the text any more.</span>;
  const words = [paragraph && `paragraph ${paragraph}`, page && `page ${page}`].filter(Boolean).join(", ");
  return <TextLink href={path}>{words === "" ? "in the text" : words}</TextLink>;
}
