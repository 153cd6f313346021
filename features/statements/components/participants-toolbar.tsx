import { ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Kbd } from "@/components/ui/kbd";
import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";
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

type Params = Record<string, string | number | undefined>;

type ParticipantsToolbarProps = {
  slug: string;
  query: ParticipantQuery;
  /** The page's parameters that are not filters: the counting rule. */
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
    meeting,
    q,
    show: show === "recorded" ? undefined : show,
    sort: sort === "order" ? undefined : sort,
    columns: columns?.join(","),
  };
}

type FilterProps = { label: string; chosen: string | undefined; options: [string, string][]; to: (value?: string) => string };

function Filter({ label, chosen, options, to }: FilterProps) {
  const words = options.find(([value]) => value === chosen)?.[1] ?? "all";
  return (
    <Menu label={`${label}: ${words}`}>
      <MenuLink href={to()} current={chosen === undefined}>
        All
      </MenuLink>
      {options.map(([value, name]) => (
        <MenuLink key={value} href={to(value)} current={value === chosen}>
          {name}
        </MenuLink>
      ))}
    </Menu>
  );
}

const FORMATS = { csv: "CSV", xlsx: "Excel (XLSX)", docx: "Word (DOCX)", json: "JSON" };

/** Filters, columns, exports of exactly these rows, and the way to a new statement. Works without JavaScript. */
export function ParticipantsToolbar({ slug, query, keep, rows, mayRecord }: ParticipantsToolbarProps) {
  const path = `/dialogues/${slug}`;
  const params = { ...keep, ...filterParams(query) };
  const to = (change: Params): string => address(path, { ...params, ...change });
  const hidden = Object.entries({ ...params, q: undefined }).filter(([, value]) => value !== undefined);
  const columns = query.columns ?? USUAL_COLUMNS;
  return (
    <Toolbar
      end={
        <>
          <Menu label="Export" align="end">
            {Object.entries(FORMATS).map(([extension, name]) => (
              <MenuLink key={extension} download href={address(`/api/v1/dialogues/${slug}/participants.${extension}`, params)}>
                {name}
              </MenuLink>
            ))}
            <MenuLink download href={address(`/api/v1/dialogues/${slug}/participants.csv-metadata.json`, params)}>
              What the CSV holds (metadata)
            </MenuLink>
          </Menu>
          {mayRecord && (
            <ButtonLink variant="primary" id="add-statement" href={`${path}/statements/new`}>
              Add statement <Kbd>n</Kbd>
            </ButtonLink>
          )}
        </>
      }
    >
      <Filter label="Kind" chosen={query.kind} to={(kind) => to({ kind })} options={SPEAKER_KINDS.map((kind) => [kind, KIND_NAMES[kind].many])} />
      <Filter label="Role" chosen={query.role} to={(role) => to({ role })} options={STATEMENT_ROLES.map((role) => [role, ROLE_NAMES[role]])} />
      <Filter label="Basis" chosen={query.basis} to={(basis) => to({ basis })} options={BASES.map((basis) => [basis, BASIS_NAMES[basis]])} />
      <Menu label="Columns">
        <form action={path} className="grid gap-1 p-2">
          {hidden.map(([name, value]) => name !== "columns" && <input key={name} type="hidden" name={name} value={String(value)} />)}
          {query.q && <input type="hidden" name="q" value={query.q} />}
          {Object.entries(PARTICIPANT_COLUMNS).map(([name, label]) => (
            <Checkbox key={name} name="columns" value={name} label={label} defaultChecked={columns.some((column) => column === name)} />
          ))}
          <button type="submit" className="btn mt-1">
            Show these columns
          </button>
        </form>
      </Menu>
      <form action={path} role="search" className="flex gap-2">
        {hidden.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={String(value)} />
        ))}
        <input type="search" name="q" aria-label="Find a participant" placeholder="Find a participant" defaultValue={query.q} className="input w-44" />
      </form>
      <span className="text-ink-3">
        {plural(rows, "row", "rows")}
        {query.show === "withdrawn" ? ", withdrawn" : ""}
      </span>
    </Toolbar>
  );
}
