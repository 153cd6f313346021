import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { NewActorForm } from "@/features/actors/components/new-actor-form";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Add a group" };

const KINDS = ["group", "regional_organization"] as const;

export default async function NewGroupPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("actor:edit");
  const kept = await openDraft(await pageCaller("draft:own"), "group.new", single(await searchParams));
  return (
    <Page width="form">
      <PageTitle
        title="Add a group"
        crumbs={[{ label: "Groups", href: "/groups" }]}
        sub="Its members are added on its page, each with its days and source."
      />
      <div className="mt-6">
        <Autosave {...kept.autosave} path="/groups/new" title="New group">
          <NewActorForm kinds={KINDS} draft={kept.values} cancelHref="/groups" />
        </Autosave>
      </div>
    </Page>
  );
}
