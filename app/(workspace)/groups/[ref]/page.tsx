import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { EmptyState } from "@/components/ui/empty-state";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { GroupHeader } from "@/features/actors/components/group-header";
import { MembersView } from "@/features/actors/components/members-view";
import { MembershipsTable } from "@/features/actors/components/memberships-table";
import { NamesTable } from "@/features/actors/components/names-table";
import { ByOthersTable, DeliveredTable } from "@/features/actors/components/statements-of-actor";
import { getActor, today } from "@/features/actors/queries/actor";
import { membersOn, periodsOf } from "@/features/actors/queries/members";
import { actorPath, GROUP_VIEWS, KINDS_WITH_MEMBERS, type ActorDto } from "@/features/actors/schema";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { CohesionView } from "@/features/positions/components/cohesion-view";
import { getCohesion } from "@/features/positions/queries/cohesion";
import { findCurrentVersion } from "@/features/codebook/queries/codebook";
import { ActorStandsView } from "@/features/positions/components/actor-stands";
import { getActorStands } from "@/features/positions/queries/of-actor";
import { listStatementsBy, listStatementsFor } from "@/features/statements/queries/of-actor";
import { WatchButton } from "@/features/audit/components/watch-button";
import { isWatched } from "@/features/audit/queries/watches";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { plural } from "@/lib/format";
import { day, whole } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

const ON_A_PAGE = 25;

const page = whole(1, 10_000, "A number of a page.").default(1);
const query = z.object({
  view: z.enum(GROUP_VIEWS).default("members"),
  on: day.optional(),
  behalf: page,
  delivered: page,
  codebook: codebookParam,
});
type Query = z.output<typeof query>;
type Reader = Awaited<ReturnType<typeof pageCaller<"record:read">>>;

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const caller = await pageCaller("record:read");
  const { name } = await orNotFound(getActor(caller, (await params).ref));
  return { title: name };
}

export default async function GroupPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const given = lenient(query, single(await searchParams));
  const group = await orNotFound(getActor(caller, (await params).ref, given.on));
  if (!KINDS_WITH_MEMBERS.has(group.kind)) redirect(actorPath(group));
  const mayEdit = holds(caller.role, "actor:edit");
  const codebook = await askedVersion(caller, given.codebook);
  return (
    <Page>
      <GroupHeader
        group={group}
        view={given.view}
        on={given.on}
        codebook={codebook}
        mayEdit={mayEdit}
        actions={
          <WatchButton
            watched={await isWatched(await pageCaller("watch:own"), "actor", group.id)}
            kind="actor"
            subject={group.id}
            name={group.name}
            path={actorPath(group)}
          />
        }
      />
      <div className="mt-4">{await view(caller, group, { ...given, codebook }, mayEdit)}</div>
    </Page>
  );
}

async function view(caller: Reader, group: ActorDto, given: Query, mayEdit: boolean) {
  if (given.view === "names") return <NamesTable names={group.names} />;
  if (given.view === "statements") return statementsView(caller, group, given);
  if (given.view === "positions") {
    const { codebook } = given;
    return (
      <>
        <UnderVersion version={codebook} href={address(actorPath(group), { view: "positions" })} />
        <ActorStandsView
          stands={await snapshot(caller, (tx) => getActorStands(tx, group, codebook))}
          version={codebook}
        />
      </>
    );
  }
  if (given.view === "cohesion") return cohesionView(caller, group, given);
  if (given.view === "periods") return periodsView(caller, group, mayEdit);
  const on = given.on ?? (await today(caller));
  const { memberships } = await membersOn(caller, group.id, on);
  return <MembersView group={group} day={on} memberships={memberships} mayEdit={mayEdit} />;
}

async function cohesionView(caller: Reader, group: ActorDto, { on, codebook }: Query) {
  if (!(await findCurrentVersion(caller))) {
    return <p className="text-ink-2">No version of the codebook is published yet.</p>;
  }
  const day = on ?? (await today(caller));
  return (
    <>
      <UnderVersion version={codebook} href={address(actorPath(group), { view: "cohesion", on })} />
      <CohesionView
        group={group}
        cohesion={await snapshot(caller, (tx) => getCohesion(tx, group, { on: day, codebook }))}
        codebook={codebook}
      />
    </>
  );
}

async function periodsView(caller: Reader, group: ActorDto, mayEdit: boolean) {
  const memberships = await periodsOf(caller, group.id);
  if (memberships.length === 0) {
    return (
      <EmptyState title="No membership is on record yet.">
        {mayEdit ? "Add the first one with the button above." : "An analyst can add them."}
      </EmptyState>
    );
  }
  return (
    <>
      <p className="mb-3 text-ink-2">
        {plural(memberships.length, "period", "periods")} of membership, ended ones included. The first and the last day
        are both days of membership.
      </p>
      <MembershipsTable
        list="periods"
        label="All periods of membership"
        memberships={memberships}
        show="member"
        mayEdit={mayEdit}
      />
    </>
  );
}

async function statementsView(caller: Reader, group: ActorDto, { behalf, delivered, codebook }: Query) {
  const { forIt, byIt } = await snapshot(caller, async (tx) => ({
    forIt: await listStatementsFor(tx, group.id, { page: behalf, size: ON_A_PAGE }),
    byIt: await listStatementsBy(tx, group.id, { page: delivered, size: ON_A_PAGE }),
  }));
  const to = (change: { behalf?: number; delivered?: number }): string =>
    address(actorPath(group), { view: "statements", behalf, delivered, codebook, ...change });
  return (
    <>
      <h2 id="behalf" className="mt-6 mb-3">
        {forIt.total > 0 ? plural(forIt.total, "statement", "statements") : "Statements"} on behalf of its members
      </h2>
      {forIt.total > 0 ? (
        <ByOthersTable label="Statements on behalf of its members" statements={forIt.statements} />
      ) : (
        <p className="text-ink-2">No statement on behalf of this group is on record.</p>
      )}
      <NumberedPages
        label="Pages of statements on behalf of its members"
        page={behalf}
        size={ON_A_PAGE}
        total={forIt.total}
        hrefFor={(number) => `${to({ behalf: number })}#behalf`}
      />
      {byIt.total > 0 && (
        <>
          <h2 id="delivered" className="mt-9 mb-3">
            {plural(byIt.total, "statement", "statements")} delivered by it
          </h2>
          <DeliveredTable statements={byIt.statements} />
          <NumberedPages
            label="Pages of statements delivered by it"
            page={delivered}
            size={ON_A_PAGE}
            total={byIt.total}
            hrefFor={(number) => `${to({ delivered: number })}#delivered`}
          />
        </>
      )}
    </>
  );
}
