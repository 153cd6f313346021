import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { CitePage } from "@/components/ui/cite-page";
import { EmptyState } from "@/components/ui/empty-state";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { SearchForm } from "@/components/ui/search-form";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { askedVersion } from "@/features/codebook/queries/reading";
import { today } from "@/features/actors/queries/actor";
import { SearchFacets } from "@/features/search/components/search-facets";
import { SearchResults } from "@/features/search/components/search-results";
import { search, type SearchResults as Found } from "@/features/search/queries/search";
import { SEARCH_KIND_NAMES, searchPageQuery, type SearchPageQuery } from "@/features/search/schema";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { DomainError } from "@/lib/errors";
import { formatNumber, languageInWords, type Day } from "@/lib/format";

export const metadata = { title: "Search" };

const PATH = "/search";
const SIZE = 20;
const MATCHING =
  "All words are found, in any form of the language of the text; case and accents are ignored. “…” is a phrase, OR joins alternatives, a leading - leaves out, begin* finds what begins so.";

export default async function SearchPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const asked = lenient(searchPageQuery, single(await searchParams));
  const query = { ...asked, codebook: await askedVersion(caller, asked.codebook) };
  const { q, page, ...filters } = query;
  const found =
    q === "" ? null : await search(caller, q, filters, { offset: (page - 1) * SIZE, limit: SIZE }).catch(unknown);
  return (
    <Page>
      <PageTitle
        title="Search"
        sub="Statements and their texts, quotations, notes, actors and issues."
        actions={q === "" ? null : <SaveView name={`Search: ${q}`} />}
      />
      <UnderVersion version={query.codebook} href={address(PATH, { ...query, codebook: undefined, page: undefined })} />
      <div className="mt-4">
        <SearchForm
          action={PATH}
          label="Words to find"
          value={q === "" ? undefined : q}
          keep={query.codebook === undefined ? {} : { codebook: String(query.codebook) }}
        />
      </div>
      <p className="mt-3 max-w-read text-sm text-ink-2">{MATCHING}</p>
      {found &&
        (found.total > 0 ? (
          <ResultsOf query={query} found={found} read={await today(caller)} />
        ) : (
          <NothingFound query={query} />
        ))}
    </Page>
  );
}

/** A dialogue or actor of a shared address that is not there: the search goes on without results and says so. */
function unknown(error: unknown): Found {
  if (error instanceof DomainError && error.code === "INVALID") {
    return { results: [], total: 0, facets: { kind: [], dialogue: [], language: [], actor: [] } };
  }
  throw error;
}

function NothingFound({ query: { q, ...filters } }: { query: SearchPageQuery }) {
  const isFiltered = [filters.kind, filters.dialogue, filters.actor, filters.language].some((one) => one !== undefined);
  return (
    <div className="mt-6">
      <EmptyState title="Nothing was found.">
        {isFiltered ? (
          <a href={address(PATH, { q, codebook: filters.codebook })}>Search everything for “{q}”</a>
        ) : (
          "Try fewer words, another form, or the beginning of a word with *. Very common words alone find nothing."
        )}
      </EmptyState>
    </div>
  );
}

type ResultsProps = { query: SearchPageQuery; found: Found; read: Day };

function ResultsOf({ query, found: { results, total, facets }, read }: ResultsProps) {
  const { q, page, kind, dialogue, actor, language, codebook } = query;
  const nameIn = (known: readonly { value: string; label?: string | null }[], value: string) =>
    known.find((one) => one.value === value)?.label ?? value;
  const to = (change: Partial<Record<"kind" | "dialogue" | "actor" | "language" | "page", string | undefined>>) =>
    address(PATH, { q, kind, dialogue, actor, language, codebook, ...change });
  return (
    <div className="mt-5 grid gap-x-10 gap-y-6 md:grid-cols-[14rem_minmax(0,1fr)]">
      <div className="min-w-0 md:col-start-2">
        <output className="mb-2 block font-text text-section">
          {total === 1 ? "1 result" : `${formatNumber(total)} results`}
        </output>
        <div className="mb-3">
          <CitePage
            name="the search"
            title={`Search for “${q}”`}
            sentence={`${total === 1 ? "1 result" : `${formatNumber(total)} results`} for “${q}”.`}
            conditions={[
              kind && `Kind: ${SEARCH_KIND_NAMES[kind]}`,
              dialogue && `Dialogue: ${nameIn(facets.dialogue, dialogue)}`,
              actor && `Speaker or actor: ${nameIn(facets.actor, actor)}`,
              language && `Language: ${languageInWords(language)}`,
            ]}
            read={read}
          />
        </div>
        <SearchResults results={results} />
        <NumberedPages
          label="Pages of results"
          page={page}
          size={SIZE}
          total={total}
          hrefFor={(number) => to({ page: String(number) })}
        />
      </div>
      <nav aria-label="Filters" className="grid content-start gap-5 md:col-start-1 md:row-start-1">
        <SearchFacets
          label="Kind"
          facets={facets.kind}
          chosen={kind}
          nameOf={(value) => SEARCH_KIND_NAMES[value as keyof typeof SEARCH_KIND_NAMES]}
          hrefFor={(value) => to({ kind: value })}
        />
        <SearchFacets
          label="Dialogue"
          facets={facets.dialogue}
          chosen={dialogue}
          hrefFor={(value) => to({ dialogue: value })}
        />
        <SearchFacets
          label="Speaker or actor"
          facets={facets.actor}
          chosen={actor}
          hrefFor={(value) => to({ actor: value })}
        />
        <SearchFacets
          label="Language"
          facets={facets.language}
          chosen={language}
          nameOf={languageInWords}
          hrefFor={(value) => to({ language: value })}
        />
      </nav>
    </div>
  );
}
