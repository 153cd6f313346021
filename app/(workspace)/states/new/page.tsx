import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { NewActorForm } from "@/features/actors/components/new-actor-form";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Add an actor" };

const KINDS = ["civil_society", "un_office"] as const;

const query = z.object({ kind: z.enum(KINDS).default("civil_society") });

export default async function NewActorPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("actor:edit");
  const given = single(await searchParams);
  const { kind } = lenient(query, given);
  const kept = await openDraft(await pageCaller("draft:own"), "actor.new", given);
  return (
    <Page width="form">
      <PageTitle
        title="Add an actor"
        crumbs={[{ label: "States and other actors", href: "/states" }]}
        sub="Somebody who can speak: a civil society organization or a UN office."
      />
      <div className="mt-6">
        <Autosave {...kept.autosave} path="/states/new" title="New actor">
          <NewActorForm
            draft={kept.values}
            kinds={KINDS.toSorted((a, b) => Number(b === kind) - Number(a === kind))}
            cancelHref={address("/states", { kind })}
          />
        </Autosave>
      </div>
    </Page>
  );
}
