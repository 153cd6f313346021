import type { Metadata } from "next";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { getActor } from "@/features/actors/queries/actor";
import { actorPath } from "@/features/actors/schema";
import { listParticipations } from "@/features/statements/queries/participation";
import { PART_NAMES, PARTS } from "@/features/statements/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { formatDay, plural } from "@/lib/format";
import { line } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

const query = z.object({ how: z.enum(PARTS).optional(), through: line(120).optional() });

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

async function actorOf({ params }: Props) {
  const caller = await pageCaller("record:read");
  return { caller, actor: await orNotFound(getActor(caller, (await params).ref)) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `Dialogues of ${(await actorOf(props)).actor.name}` };
}

export default async function DialoguesOfStatePage(props: Props) {
  const { caller, actor } = await actorOf(props);
  const { how, through } = lenient(query, single(await props.searchParams));
  const all = await listParticipations(caller, actor.id);
  const speakers = new Map(all.flatMap((one) => one.through.map(({ ref, name }) => [ref, name])));
  const shown = all.filter(
    (one) =>
      (how !== "spoke" || one.spoke) &&
      (how !== "represented" || one.through.length > 0) &&
      (how !== "absent" || (!one.spoke && one.through.length === 0)) &&
      (through === undefined || one.through.some(({ ref }) => ref === through)),
  );
  const path = `${actorPath(actor)}/dialogues`;
  return (
    <Page>
      <PageTitle
        title={`Dialogues of ${actor.name}`}
        crumbs={[
          { label: "States", href: "/states" },
          { label: actor.name, href: actorPath(actor) },
        ]}
        sub="Where it spoke, and where others spoke for it: groups to which it belonged on the day, or actors that named it."
      />
      <Toolbar>
        <FilterMenu
          label="Where"
          chosen={how}
          options={PARTS.map((value) => ({ value, label: PART_NAMES[value] }))}
          hrefFor={(value) => address(path, { how: value, through })}
        />
        <FilterMenu
          label="Through"
          chosen={through}
          options={Array.from(speakers, ([value, label]) => ({ value, label }))}
          hrefFor={(value) => address(path, { how, through: value })}
        />
        <span className="text-ink-3">{plural(shown.length, "dialogue", "dialogues")}</span>
      </Toolbar>
      {shown.length > 0 ? (
        <Table label="Dialogues">
          <thead>
            <tr>
              <HeaderCell>Day</HeaderCell>
              <HeaderCell>Dialogue</HeaderCell>
              <HeaderCell>Spoke</HeaderCell>
              <HeaderCell>Others spoke for it</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ dialogue, spoke, through: routes }) => (
              <tr key={dialogue.slug}>
                <Cell className="whitespace-nowrap">{formatDay(dialogue.startsOn)}</Cell>
                <RowHeader className="min-w-52">
                  <TextLink plain href={`/dialogues/${dialogue.slug}`}>
                    {dialogue.title}
                  </TextLink>
                </RowHeader>
                <Cell>{spoke ? "yes" : <span className="text-ink-3">no</span>}</Cell>
                <Cell>{routes.map(({ name }) => name).join(", ") || <span className="text-ink-3">–</span>}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : (
        <EmptyState
          title="No dialogue fits these filters."
          action={<ButtonLink href={path}>Show all dialogues</ButtonLink>}
        />
      )}
    </Page>
  );
}
