import type { Metadata } from "next";
import { MissingPage } from "@/components/layout/missing-page";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Facts } from "@/components/ui/facts";
import { StatusTag } from "@/features/people/components/people-table";
import { AccessForm, PasswordLinkForm, RoleForm } from "@/features/people/components/person-forms";
import { findPerson } from "@/features/people/queries";
import { pageCaller } from "@/lib/auth/identity";
import { formatInstant } from "@/lib/format";
import { answerWith } from "@/lib/request-context";
import { ROLE_NAMES } from "@/lib/auth/permissions";

export const metadata: Metadata = { title: "Person" };

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const caller = await pageCaller("people:manage");
  const person = await findPerson(caller, (await params).id);
  if (!person) {
    answerWith(404);
    return <MissingPage />;
  }
  return (
    <Page width="form">
      <PageTitle title={person.name} crumbs={[{ label: "People", href: "/people" }]} sub={person.email} />
      <div className="mt-4">
        <Facts
          facts={[
            { term: "Role", value: ROLE_NAMES[person.role] },
            { term: "Status", value: <StatusTag status={person.status} /> },
            { term: "Last seen", value: person.lastSeen ? formatInstant(new Date(person.lastSeen)) : "never" },
          ]}
        />
      </div>
      <section className="mt-8">
        <h2 className="mb-3">Role</h2>
        <div className="max-w-112">
          <RoleForm person={person} />
        </div>
      </section>
      {person.status !== "disabled" && (
        <section className="mt-8">
          <h2 className="mb-3">{person.status === "invited" ? "Invitation" : "Password"}</h2>
          <PasswordLinkForm person={person} />
        </section>
      )}
      <section className="mt-8">
        <h2 className="mb-3">Access</h2>
        <AccessForm person={person} />
      </section>
    </Page>
  );
}
