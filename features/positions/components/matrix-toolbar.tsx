import { AlignedMenu } from "@/features/positions/components/aligned-menu";
import { ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";
import { Select } from "@/components/ui/select";
import { Toolbar } from "@/components/ui/toolbar";
import { KIND_NAMES, UN_REGION_NAMES, UN_REGIONS, type ActorDto } from "@/features/actors/schema";
import { POSITION_VALUES, VALUE_NAMES, type IssueDto } from "@/features/codebook/schema";
import { matrixParams, pageParams } from "@/features/positions/formats/address";
import {
  ABSENCE_NAMES,
  ABSENCES,
  MODE_NAMES,
  MODES,
  type CellCondition,
  type CellKind,
  type PositionsPageQuery,
} from "@/features/positions/schema";
import { address } from "@/lib/address";
import { formatDay, type Day } from "@/lib/format";

const PATH = "/positions";
const API = "/api/v1/matrix";

const REGIONS = [
  ...UN_REGIONS.map((value) => ({ value, label: UN_REGION_NAMES[value] })),
  { value: "none", label: "In no regional group" },
];
const KINDS = (["member_state", "observer", "regional_organization", "group"] as const).map((value) => ({
  value,
  label: KIND_NAMES[value].many,
}));
const SORTS = [
  { value: "name", label: "name" },
  { value: "region", label: "region" },
] as const;
const GROUPED = [
  { value: "region", label: "by region" },
  { value: "group", label: "by group" },
] as const;

/** What a cell of an issue can be asked to be, for a form: the words that an address has after the code of the issue. */
const ASKED = [
  ...POSITION_VALUES.map((value) => ({ value, label: VALUE_NAMES[value] })),
  ...MODES.map((value) => ({ value, label: MODE_NAMES[value] })),
  ...ABSENCES.map((value) => ({ value, label: ABSENCE_NAMES[value] })),
];

/** "Supports", "Own voice, supports", "Not coded yet". */
function conditionInWords({ kind, value }: CellCondition): string {
  const names: Record<CellKind, string> = { ...MODE_NAMES, ...ABSENCE_NAMES };
  const words = [kind && names[kind], value && VALUE_NAMES[value]].filter((word) => word !== null);
  return words.map((word, place) => (place === 0 ? word : word.toLowerCase())).join(", ");
}

type MatrixToolbarProps = {
  query: PositionsPageQuery;
  /** Of the version of the codebook that is shown. */
  issues: readonly IssueDto[];
  shown: number;
  groups: readonly ActorDto[];
  dialogues: readonly { slug: string; title: string; startsOn: Day }[];
  /** Numbers of the published versions, the newest first. */
  versions: readonly number[];
};

/** What the table shows: as of when, whom, which issues, and what it can be taken away as. All of it is in the address. */
export function MatrixToolbar({ query, issues, shown, groups, dialogues, versions }: MatrixToolbarProps) {
  const to = (change: Partial<PositionsPageQuery>): string => address(PATH, pageParams({ ...query, ...change }));
  const times = dialogues.map(({ slug, startsOn }) => ({ value: slug, label: formatDay(startsOn) }));
  const asOf = times.find(({ value }) => value === query.asOf)?.label ?? query.asOf ?? "today";
  const groupOptions = groups.map(({ slug, name }) => ({ value: slug, label: name }));
  const versionOptions = versions.map((number) => ({ value: String(number), label: `version ${number}` }));
  return (
    <>
      <Toolbar end={<ExportMenu query={query} />}>
        <Menu label={query.dialogue === undefined ? `As of ${asOf}` : "As of"}>
          <MenuLink
            href={to({ asOf: undefined, dialogue: undefined })}
            current={query.asOf === undefined && query.dialogue === undefined}
          >
            Today
          </MenuLink>
          {dialogues.map(({ slug, title, startsOn }) => (
            <MenuLink key={slug} href={to({ asOf: slug, dialogue: undefined })} current={query.asOf === slug}>
              {title}, {formatDay(startsOn)}
            </MenuLink>
          ))}
        </Menu>
        <FilterMenu
          label="Dialogue"
          chosen={query.dialogue}
          options={dialogues.map(({ slug, title, startsOn }) => ({
            value: slug,
            label: `${title}, ${formatDay(startsOn)}`,
          }))}
          hrefFor={(dialogue) => to({ dialogue, asOf: undefined })}
        />
        <FilterMenu label="Region" chosen={query.region} options={REGIONS} hrefFor={(region) => to({ region })} />
        <FilterMenu label="Group" chosen={query.group} options={groupOptions} hrefFor={(group) => to({ group })} />
        <IssuesMenu query={query} issues={issues} shown={shown} />
        <ConditionMenu query={query} issues={issues} />
        <ChoiceMenu
          label="Kind"
          chosen={query.kind}
          options={KINDS}
          hrefFor={(kind) => to({ kind: KINDS.find(({ value }) => value === kind)?.value ?? "member_state" })}
        />
        <AlignedMenu chosen={query.aligned} hrefFor={(aligned) => to({ aligned })} />
        <ChoiceMenu
          label="Sort"
          chosen={query.sort}
          options={SORTS}
          hrefFor={(sort) => to({ sort: sort === "region" ? "region" : "name" })}
        />
        <ChoiceMenu
          label="Rows"
          chosen={query.by ?? ""}
          options={[{ value: "", label: "one list" }, ...GROUPED]}
          hrefFor={(by) => to({ by: GROUPED.find(({ value }) => value === by)?.value })}
        />
        {versions.length > 1 && (
          <ChoiceMenu
            label="Codebook"
            chosen={String(query.codebook ?? versions[0])}
            options={versionOptions}
            hrefFor={(number) => to({ codebook: Number(number) === versions[0] ? undefined : Number(number) })}
          />
        )}
      </Toolbar>
      <Conditions query={query} issues={issues} hrefFor={(where) => to({ where })} />
    </>
  );
}

/** Every parameter but these as hidden fields of a form. */
function Kept({ query, but }: { query: PositionsPageQuery; but: string }) {
  return Object.entries(pageParams(query)).map(
    ([name, value]) =>
      value !== undefined && name !== but && <input key={name} type="hidden" name={name} value={value} />,
  );
}

function IssuesMenu({ query, issues, shown }: Pick<MatrixToolbarProps, "query" | "issues" | "shown">) {
  return (
    <Menu label={`Issues: ${query.issues ? shown : "all"}`}>
      <form action={PATH} className="grid max-h-[60vh] gap-1 overflow-y-auto p-2">
        <Kept query={query} but="issues" />
        {issues.map(({ code, title }) => (
          <Checkbox
            key={code}
            name="issues"
            value={code}
            label={title}
            defaultChecked={query.issues?.includes(code) ?? false}
          />
        ))}
        <button type="submit" className="btn mt-1">
          Show these issues
        </button>
      </form>
    </Menu>
  );
}

function ConditionMenu({ query, issues }: Pick<MatrixToolbarProps, "query" | "issues">) {
  return (
    <Menu label="Value: any">
      <form action={PATH} className="grid gap-2 p-2">
        <Kept query={query} but="" />
        <label htmlFor="condition-issue">Issue</label>
        <Select
          id="condition-issue"
          name="add"
          required
          options={issues.map(({ code, title }) => ({ value: code, label: title }))}
        />
        <label htmlFor="condition-cell">What the cell shows</label>
        <Select id="condition-cell" name="is" required options={ASKED} />
        <button type="submit" className="btn">
          Show only these
        </button>
      </form>
    </Menu>
  );
}

type ConditionsProps = Pick<MatrixToolbarProps, "query" | "issues"> & {
  hrefFor: (where: CellCondition[] | undefined) => string;
};

function Conditions({ query: { where = [] }, issues, hrefFor }: ConditionsProps) {
  if (where.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2.5 pb-3">
      {where.map((condition, place) => {
        const rest = where.filter((_, index) => index !== place);
        const title = issues.find(({ code }) => code === condition.issue)?.title ?? condition.issue;
        return (
          <ButtonLink
            key={`${condition.issue} ${place}`}
            variant="pill"
            href={hrefFor(rest.length > 0 ? rest : undefined)}
          >
            {title}: {conditionInWords(condition)} <span aria-hidden="true">✕</span>
            <span className="sr-only">, remove this filter</span>
          </ButtonLink>
        );
      })}
    </div>
  );
}

function ExportMenu({ query }: { query: PositionsPageQuery }) {
  // Rows that the page groups by region stand in that order in files.
  const params = matrixParams(query.by === "region" ? { ...query, sort: "region" } : query);
  return (
    <Menu label="Export" align="end">
      <MenuLink download href={address(`${API}.csv`, params)}>
        CSV
      </MenuLink>
      <MenuLink download href={address(API, params)}>
        JSON
      </MenuLink>
      <MenuLink download href={address(`${API}.csv-metadata.json`, params)}>
        What the CSV holds (metadata)
      </MenuLink>
    </Menu>
  );
}
