import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Tabs } from "@/components/layout/tabs";
import { OthersView } from "@/features/actors/components/others-view";
import { StatesView } from "@/features/actors/components/states-view";
import { listActors, today } from "@/features/actors/queries/actor";
import { countKinds } from "@/features/actors/queries/counts";
import { regionsOn } from "@/features/actors/queries/regions";
import {
  KIND_NAMES,
  OTHER_KINDS,
  statesQuery,
  type ActorDto,
  type OtherKind,
  type StatesQuery,
} from "@/features/actors/schema";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";

export const metadata = { title: "States" };

const PATH = "/states";
const MOST = { limit: 1000 };

type Reader = Awaited<ReturnType<typeof pageCaller<"record:read">>>;

export default async function StatesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const query = lenient(statesQuery, single(await searchParams));
  const kinds = await countKinds(caller);
  const states = (kinds.member_state ?? 0) + (kinds.observer ?? 0);
  const tabs = [
    { label: "States and observers", href: PATH, current: query.kind === undefined, count: states },
    ...OTHER_KINDS.map((kind) => ({
      label: KIND_NAMES[kind].many,
      href: address(PATH, { kind }),
      current: kind === query.kind,
      count: kinds[kind] ?? 0,
    })),
  ];
  return (
    <Page>
      <PageTitle
        title="States and other actors"
        sub="Everybody who can speak or be spoken for; groups have their own list."
        actions={<SaveView name="States" />}
      />
      <Tabs label="Kinds of actors" tabs={tabs} />
      {query.kind === undefined ? await statesView(caller, query) : await othersView(caller, query.kind, query.q)}
    </Page>
  );
}

async function statesView(caller: Reader, query: StatesQuery) {
  const [day, groups] = await Promise.all([query.on ?? today(caller), groupsToChoose(caller)]);
  // A group that nobody knows is left out, as every parameter that makes no sense.
  const group = groups.find(({ slug }) => slug === query.group)?.slug;
  const filter = { on: day, ...(query.q ? { q: query.q } : {}), ...(group ? { group } : {}) };
  const [members, observers, regions] = await Promise.all([
    listActors(caller, { ...filter, kind: "member_state" }, MOST),
    listActors(caller, { ...filter, kind: "observer" }, MOST),
    regionsOn(caller, day),
  ]);
  const states = [...members.actors, ...observers.actors].map((actor) => ({
    ...actor,
    region: regions.get(actor.id) ?? null,
  }));
  return <StatesView query={{ ...query, group }} day={day} groups={groups} states={states} />;
}

async function othersView(caller: Reader, kind: OtherKind, q: string | undefined) {
  const { actors } = await listActors(caller, { kind, ...(q ? { q } : {}) }, MOST);
  return <OthersView kind={kind} q={q} actors={actors} mayEdit={holds(caller.role, "actor:edit")} />;
}

async function groupsToChoose(caller: Reader): Promise<ActorDto[]> {
  const [groups, organizations] = await Promise.all([
    listActors(caller, { kind: "group" }, MOST),
    listActors(caller, { kind: "regional_organization" }, MOST),
  ]);
  return [...groups.actors, ...organizations.actors];
}
