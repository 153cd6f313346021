import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { InviteForm } from "@/features/people/components/invite-form";
import { PeopleTable } from "@/features/people/components/people-table";
import { PermissionTable } from "@/features/people/components/permission-table";
import { listPeople } from "@/features/people/queries";
import { pageCaller } from "@/lib/auth/identity";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const caller = await pageCaller("people:manage");
  const people = await listPeople(caller);
  return (
    <Page>
      <PageTitle title="People" sub="Who can sign in, and what each may do. A name leads to what you can change." />
      <section className="mt-6">
        <PeopleTable people={people} now={new Date()} />
      </section>
      <section className="mt-10 max-w-form">
        <h2>Invite somebody</h2>
        <div className="mt-3 max-w-112">
          <InviteForm />
        </div>
      </section>
      <section className="mt-10">
        <h2>What each role may do</h2>
        <div className="mt-3">
          <PermissionTable />
        </div>
      </section>
    </Page>
  );
}
