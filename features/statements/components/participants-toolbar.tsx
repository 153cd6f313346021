import { ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Kbd } from "@/components/ui/kbd";
import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";
import { SearchForm } from "@/components/ui/search-form";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { USUAL_COLUMNS } from "@/features/statements/components/participants-table";
import { KIND_NAMES } from "@/features/actors/schema";
import {
  BASES,
  BASIS_NAMES,
  PARTICIPANT_COLUMNS,
  ROLE_NAMES,
  SPEAKER_KINDS,
  STATEMENT_ROLES,
  type ParticipantQuery,
} from "@/features/statements/schema";
import { address } from "@/lib/address";
import { plural } from "@/lib/format";

/** Parameters of an address; those that are undefined are left out. */
type Params = Record<string, string | undefined>;

type ParticipantsToolbarProps = {
  slug: string;
  query: ParticipantQuery;
  /** The page's parameters that are not filters: the counting rule; the version of the codebook, which no file needs. */
  keep: Params;
  rows: number;
  mayRecord: boolean;
};

/** The filters as parameters of an address. */
export function filterParams({ kind, role, basis, meeting, q, show, sort, columns }: ParticipantQuery): Params {
  return {
    kind,
    role,
    basis,
    meeting: meeting === undefined ? undefined : String(meeting),
    q,
    show: show === "recorded" ? undefined : show,
    sort: sort === "order" ? undefined : sort,
    columns: columns?.join(","),
  };
}

/** The filters as phrases of a citation. */
export function filtersInWords({ kind, role, basis, q, show }: ParticipantQuery): string[] {
  return [
    kind && `Kind: ${KIND_NAMES[kind].many}`,
    role && `Role: ${ROLE_NAMES[role]}`,
    basis && `Basis: ${BASIS_NAMES[basis]}`,
    q && `Found by “${q}”`,
    show === "withdrawn" && "Withdrawn statements",
  ].filter((phrase): phrase is string => typeof phrase === "string");
}

const KINDS = SPEAKER_KINDS.map((value) => ({ value, label: KIND_NAMES[value].many }));
const ROLES = STATEMENT_ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }));
const BASIS_OPTIONS = BASES.map((value) => ({ value, label: BASIS_NAMES[value] }));
const FORMATS = { csv: "CSV", xlsx: "Excel (XLSX)", docx: "Word (DOCX)", json: "JSON" };

/** Filters, columns, exports of exactly these rows, and the way to a new statement. Works without JavaScript. */
export function ParticipantsToolbar({ slug, query, keep, rows, mayRecord }: ParticipantsToolbarProps) {
  const path = `/dialogues/${slug}`;
  const params = { ...keep, ...filterParams(query) };
  const to = (change: Params): string => address(path, { ...params, ...change });
  return (
    <Toolbar
      end={
        <>
          <ExportMenu slug={slug} params={{ ...params, codebook: undefined }} />
          {mayRecord && (
            <ButtonLink id="open-grid" href={`${path}/grid`}>
              Debate-night mode <Kbd>g</Kbd>
            </ButtonLink>
          )}
          {mayRecord && (
            <ButtonLink id="paste-list" href={`${path}/paste`}>
              Paste a list <Kbd>p</Kbd>
            </ButtonLink>
          )}
          {mayRecord && (
            <ButtonLink variant="primary" id="add-statement" href={`${path}/statements/new`}>
              Add statement <Kbd>n</Kbd>
            </ButtonLink>
          )}
        </>
      }
    >
      <FilterMenu label="Kind" chosen={query.kind} options={KINDS} hrefFor={(kind) => to({ kind })} />
      <FilterMenu label="Role" chosen={query.role} options={ROLES} hrefFor={(role) => to({ role })} />
      <FilterMenu label="Basis" chosen={query.basis} options={BASIS_OPTIONS} hrefFor={(basis) => to({ basis })} />
      <ColumnsMenu path={path} params={params} query={query} />
      <SearchForm action={path} label="Find a participant" value={query.q} keep={{ ...params, q: undefined }} />
      <span className="text-ink-3">
        {plural(rows, "row", "rows")}
        {query.show === "withdrawn" ? ", withdrawn" : ""}
      </span>
      {mayRecord && <TextLink href={address("/import", { dialogue: slug })}>Import a file</TextLink>}
      {mayRecord && rows > 0 && query.show === "recorded" && (
        <TextLink href={address(`${path}/bulk-edit`, filterParams(query))}>Change many</TextLink>
      )}
    </Toolbar>
  );
}

function ExportMenu({ slug, params }: { slug: string; params: Params }) {
  const path = `/api/v1/dialogues/${slug}/participants`;
  return (
    <Menu label="Export" align="end">
      {Object.entries(FORMATS).map(([extension, name]) => (
        <MenuLink key={extension} download href={address(`${path}.${extension}`, params)}>
          {name}
        </MenuLink>
      ))}
      <MenuLink download href={address(`${path}.csv-metadata.json`, params)}>
        What the CSV holds (metadata)
      </MenuLink>
    </Menu>
  );
}

function ColumnsMenu({ path, params, query }: { path: string; params: Params; query: ParticipantQuery }) {
  const columns = query.columns ?? USUAL_COLUMNS;
  const kept = Object.entries({ ...params, columns: undefined });
  return (
    <Menu label="Columns">
      <form action={path} className="grid gap-1 p-2">
        {kept.map(
          ([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />,
        )}
        {Object.entries(PARTICIPANT_COLUMNS).map(([name, label]) => (
          <Checkbox
            key={name}
            name="columns"
            value={name}
            label={label}
            defaultChecked={columns.some((column) => column === name)}
          />
        ))}
        <button type="submit" className="btn mt-1">
          Show these columns
        </button>
      </form>
    </Menu>
  );
}
