import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { NewActorForm } from "@/features/actors/components/new-actor-form";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Add a group" };

const KINDS = ["group", "regional_organization"] as const;

export default async function NewGroupPage() {
  await pageCaller("actor:edit");
  return (
    <Page width="form">
      <PageTitle
        title="Add a group"
        crumbs={[{ label: "Groups", href: "/groups" }]}
        sub="Its members are added on its page, each with its days and source."
      />
      <div className="mt-6">
        <NewActorForm kinds={KINDS} cancelHref="/groups" />
      </div>
    </Page>
  );
}
