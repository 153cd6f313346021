import { notFound } from "next/navigation";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Disclosure } from "@/components/ui/disclosure";
import { MembershipForm } from "@/features/actors/components/membership-form";
import { RemoveMembershipForm } from "@/features/actors/components/remove-membership-form";
import { getMembership } from "@/features/actors/queries/members";
import { History } from "@/features/audit/components/history";
import { listHistory } from "@/features/audit/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Correct or end a membership" };

const NEWEST = { limit: 20 };

type Props = { params: Promise<{ ref: string; id: string }>; searchParams: Promise<SearchParams> };

export default async function MembershipPage({ params, searchParams }: Props) {
  await pageCaller("actor:edit");
  const caller = await pageCaller("record:read");
  const { ref, id } = await params;
  if (!z.guid().safeParse(id).success) notFound();
  const membership = await orNotFound(getMembership(caller, ref, id));
  const history = await listHistory(caller, { subjectId: membership.id }, NEWEST);
  const { group, member } = membership;
  const path = `/groups/${group.slug}`;
  const kept = await openDraft(
    await pageCaller("draft:own"),
    `membership.revise:${membership.id}`,
    single(await searchParams),
  );
  const crumbs = [
    { label: "Groups", href: "/groups" },
    { label: group.name, href: path },
    { label: "All periods", href: `${path}?view=periods` },
  ];
  const names = { [group.slug]: group.name, [member.iso3 ?? member.slug]: member.name };
  return (
    <Page width="form">
      <PageTitle
        title={member.name}
        crumbs={crumbs}
        sub={`Its membership of ${group.name}: correct it, or give its last day.`}
      />
      <div className="mt-6">
        <Autosave
          {...kept.autosave}
          path={`${path}/members/${membership.id}`}
          title={`Membership of ${member.name} in ${group.name}`}
          version={membership.version}
        >
          <MembershipForm membership={membership} draft={kept.values} />
        </Autosave>
      </div>
      <div className="mt-8 border-t border-line pt-4">
        <Disclosure summary="It should never have been recorded: remove it">
          <RemoveMembershipForm membership={membership} />
        </Disclosure>
      </div>
      <h2 className="mt-8 mb-3">History</h2>
      {history.length > 0 ? (
        <History entries={history} names={names} />
      ) : (
        <p className="text-ink-2">Nothing was changed since it was loaded.</p>
      )}
    </Page>
  );
}
