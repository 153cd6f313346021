import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { ActorFacts } from "@/features/actors/components/actor-facts";
import { MembershipsTable } from "@/features/actors/components/memberships-table";
import { NamesTable } from "@/features/actors/components/names-table";
import { ByOthersTable, DeliveredTable } from "@/features/actors/components/statements-of-actor";
import { getActor, today } from "@/features/actors/queries/actor";
import { membershipsOf } from "@/features/actors/queries/members";
import { actorPath, KIND_NAMES, KINDS_WITH_MEMBERS } from "@/features/actors/schema";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { ActorStandsView } from "@/features/positions/components/actor-stands";
import { getActorStands } from "@/features/positions/queries/of-actor";
import { VotesTable } from "@/features/votes/components/votes-table";
import { listVotesOf } from "@/features/votes/queries/votes";
import { ProfileSentence } from "@/features/statements/components/profile-sentence";
import { listParticipations } from "@/features/statements/queries/participation";
import { loadTouching } from "@/features/statements/queries/touching";
import { listStatementsBy, listStatementsCovering } from "@/features/statements/queries/of-actor";
import { WatchButton } from "@/features/audit/components/watch-button";
import { isWatched } from "@/features/audit/queries/watches";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { plural } from "@/lib/format";
import { whole } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

const ON_A_PAGE = 25;

const page = whole(1, 10_000, "A number of a page.").default(1);
const query = z.object({ delivered: page, covered: page, votes: page, codebook: codebookParam });

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const caller = await pageCaller("record:read");
  const { name } = await orNotFound(getActor(caller, (await params).ref));
  return { title: name };
}

export default async function StatePage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const actor = await orNotFound(getActor(caller, (await params).ref));
  const path = actorPath(actor);
  if (KINDS_WITH_MEMBERS.has(actor.kind)) redirect(path);
  const at = lenient(query, single(await searchParams));
  const codebook = await askedVersion(caller, at.codebook);
  // One moment: what stands in a heading is what stands below it, whoever writes meanwhile.
  const { day, stands, participations, covering, memberships, delivered, voted } = await snapshot(
    caller,
    async (tx) => {
      const touched = await loadTouching(tx, actor.id);
      return {
        day: await today(tx),
        stands: await getActorStands(tx, actor, codebook, touched),
        participations: await listParticipations(tx, actor.id, touched),
        covering: await listStatementsCovering(tx, actor.id, { page: at.covered, size: ON_A_PAGE }, touched),
        memberships: await membershipsOf(tx, actor.id),
        delivered: await listStatementsBy(tx, actor.id, { page: at.delivered, size: ON_A_PAGE }),
        voted: await listVotesOf(tx, actor.id, { page: at.votes, size: ON_A_PAGE }),
      };
    },
  );
  const isState = actor.kind === "member_state" || actor.kind === "observer";

  return (
    <Page>
      <PageTitle
        title={actor.name}
        crumbs={[
          isState
            ? { label: "States", href: "/states" }
            : { label: KIND_NAMES[actor.kind].many, href: address("/states", { kind: actor.kind }) },
        ]}
        sub={[KIND_NAMES[actor.kind].one, actor.iso3].filter(Boolean).join(" · ")}
        actions={
          <>
            <WatchButton
              watched={await isWatched(await pageCaller("watch:own"), "actor", actor.id)}
              kind="actor"
              subject={actor.id}
              name={actor.name}
              path={path}
            />
            {isState && (
              <ButtonLink href={address("/compare", { actors: actor.iso3 ?? actor.slug })}>Compare with…</ButtonLink>
            )}
            <ButtonLink href={`${path}/history`}>History</ButtonLink>
            {holds(caller.role, "actor:edit") && <ButtonLink href={`${path}/edit`}>Revise</ButtonLink>}
          </>
        }
      />
      <UnderVersion version={codebook} href={path} />
      <ProfileSentence
        name={actor.name}
        participations={participations}
        hrefFor={(filter) => address(`${path}/dialogues`, filter)}
      />
      <div className="mt-5">
        <ActorFacts actor={actor} memberships={memberships} day={day} />
      </div>

      <h2 id="positions" className="mt-9 mb-1">
        Positions
      </h2>
      <ActorStandsView stands={stands} version={codebook} />

      <h2 id="delivered" className="mt-9 mb-3">
        {delivered.total > 0 ? plural(delivered.total, "statement", "statements") : "Statements"} delivered
      </h2>
      {delivered.total > 0 ? (
        <DeliveredTable statements={delivered.statements} />
      ) : (
        <p className="text-ink-2">No statement by {actor.name} is on record.</p>
      )}
      <NumberedPages
        label="Pages of statements delivered"
        page={at.delivered}
        size={ON_A_PAGE}
        total={delivered.total}
        hrefFor={(page) => `${address(path, { delivered: page, covered: at.covered, codebook })}#delivered`}
      />

      {isState && (
        <>
          <h2 id="covered" className="mt-9 mb-1">
            {covering.total > 0 ? plural(covering.total, "statement", "statements") : "Statements"} by others that
            covered it
          </h2>
          <p className="mb-3 text-ink-2">
            Through a group that it belonged to on the day and was not struck out of, by name, or because it aligned
            itself.
          </p>
          {covering.total > 0 ? (
            <ByOthersTable label="Statements by others that covered it" statements={covering.statements} />
          ) : (
            <p className="text-ink-2">None is on record.</p>
          )}
          <NumberedPages
            label="Pages of statements by others"
            page={at.covered}
            size={ON_A_PAGE}
            total={covering.total}
            hrefFor={(page) => `${address(path, { covered: page, delivered: at.delivered, codebook })}#covered`}
          />
        </>
      )}

      {actor.kind === "member_state" && (
        <>
          <h2 id="votes" className="mt-9 mb-3">
            {voted.total > 0 ? plural(voted.total, "recorded vote", "recorded votes") : "Recorded votes"}
          </h2>
          {voted.total > 0 ? (
            <VotesTable label="Recorded votes" votes={voted.votes} />
          ) : (
            <p className="text-ink-2">No vote of {actor.name} is on record.</p>
          )}
          <NumberedPages
            label="Pages of recorded votes"
            page={at.votes}
            size={ON_A_PAGE}
            total={voted.total}
            hrefFor={(page) =>
              `${address(path, { votes: page, delivered: at.delivered, covered: at.covered, codebook })}#votes`
            }
          />
        </>
      )}

      <h2 id="groups" className="mt-9 mb-3">
        Groups over time
      </h2>
      {memberships.length > 0 ? (
        <MembershipsTable
          list="groups"
          label="Groups over time"
          memberships={memberships}
          show="group"
          mayEdit={false}
        />
      ) : (
        <p className="text-ink-2">
          No membership of {actor.name} is on record. Memberships are added on the page of a group.
        </p>
      )}

      <h2 id="names" className="mt-9 mb-3">
        Names over time
      </h2>
      <NamesTable names={actor.names} />
    </Page>
  );
}
