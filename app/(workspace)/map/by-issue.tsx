import { AlignedMenu } from "@/features/positions/components/aligned-menu";
import { filtersInWords, mapAddress, MapFrame, mapQuery, type MapQuery } from "@/app/(workspace)/map/frame";
import { ButtonLink } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";
import { today } from "@/features/actors/queries/actor";
import { actorNames } from "@/features/actors/queries/names";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { getCodebook } from "@/features/codebook/queries/codebook";
import { askedVersion } from "@/features/codebook/queries/reading";
import { listDialogues } from "@/features/dialogues/queries";
import { HowSettled } from "@/features/positions/components/how-settled";
import { IssueMap } from "@/features/positions/components/issue-map";
import { groupsOn } from "@/features/positions/queries/groupings";
import { getMatrix } from "@/features/positions/queries/matrix";
import { matrixQuery, type MatrixQuery } from "@/features/positions/schema";
import { lenient } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { orNotFound, tolerantly } from "@/lib/pages";

/** Where states stand on one issue. */
export async function ByIssue({ given }: { given: Record<string, string> }) {
  const caller = await pageCaller("record:read");
  const { query, matrix, observers, asked, names, groups, issues, dialogues, day } = await orNotFound(
    snapshot(caller, (tx) => tolerantly(given, (params) => read(tx, lenient(mapQuery, params)))),
  );
  const times = dialogues.map(({ slug, title, startsOn }) => ({
    value: slug,
    label: `${title}, ${formatDay(startsOn)}`,
  }));
  const asOf = query.asOf === undefined ? "today" : formatDay(matrix.asOf);
  const to = (change: Partial<MapQuery>): string => mapAddress({ ...query, ...change });
  return (
    <MapFrame
      query={query}
      groups={groups}
      sub={
        matrix.dialogue
          ? `What was said at ${matrix.dialogue.title}, ${formatDay(matrix.asOf)}, alone.`
          : `What each state has said on an issue, in its own voice or through a group, as of ${formatDay(matrix.asOf)}.`
      }
      choices={
        <>
          <ChoiceMenu
            label="Issue"
            chosen={query.issue ?? ""}
            options={issues.map(({ code, title }) => ({ value: code, label: title }))}
            hrefFor={(issue) => to({ issue })}
          />
          <Menu label={query.dialogue === undefined ? `As of ${asOf}` : "As of"}>
            <MenuLink
              href={to({ asOf: undefined, dialogue: undefined })}
              current={query.asOf === undefined && query.dialogue === undefined}
            >
              Today
            </MenuLink>
            {times.map(({ value, label }) => (
              <MenuLink key={value} href={to({ asOf: value, dialogue: undefined })} current={query.asOf === value}>
                {label}
              </MenuLink>
            ))}
          </Menu>
          <FilterMenu
            label="Dialogue"
            chosen={query.dialogue}
            options={times}
            hrefFor={(dialogue) => to({ dialogue, asOf: undefined })}
          />
          <AlignedMenu chosen={query.aligned} hrefFor={(aligned) => to({ aligned })} />
        </>
      }
    >
      <UnderVersion version={query.codebook} href={to({ codebook: undefined })} />
      {matrix.rows.length > 0 ? (
        <IssueMap
          view={query.view}
          matrix={matrix}
          observers={observers}
          query={asked}
          names={names}
          today={day}
          only={filtersInWords(query, groups)}
        />
      ) : (
        <EmptyState
          title="No state fits these filters."
          action={<ButtonLink href={to({ region: undefined, group: undefined })}>Show all states</ButtonLink>}
        />
      )}
      <HowSettled matrix={matrix} query={asked} grouped={false} numbers="Each number of the legend" />
    </MapFrame>
  );
}

async function read(tx: Tx, given: MapQuery) {
  const codebook = await askedVersion(tx, given.codebook);
  // One dialogue alone says when, too.
  const query = { ...given, codebook, asOf: given.dialogue === undefined ? given.asOf : undefined };
  const { issues } = await getCodebook(tx, codebook);
  const issue = issues.find(({ code }) => code === query.issue) ?? issues[0];
  const { asOf, dialogue, group, region, aligned } = query;
  const asked: MatrixQuery = {
    ...matrixQuery.parse({}),
    asOf,
    dialogue,
    group,
    region,
    aligned,
    codebook,
    issues: issue && [issue.code],
  };
  const matrix = await getMatrix(tx, asked);
  const observers = await getMatrix(tx, { ...asked, kind: "observer" });
  const through = [...matrix.rows, ...observers.rows].flatMap(({ cells }) =>
    cells.flatMap((cell) => ("value" in cell && cell.through !== null ? [cell.through] : [])),
  );
  return {
    query: { ...query, issue: issue?.code },
    asked,
    matrix,
    observers,
    names: await actorNames(tx, [...new Set(through)]),
    groups: await groupsOn(tx, matrix.asOf),
    issues,
    dialogues: (await listDialogues(tx, {}, { limit: 200 })).dialogues,
    day: await today(tx),
  };
}
