import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { DigestSwitch } from "@/features/audit/components/digest-switch";
import { hasDigest } from "@/features/audit/queries/digest";
import { DraftList } from "@/features/drafts/components/draft-list";
import { listDrafts } from "@/features/drafts/queries";
import { ChangePasswordForm } from "@/features/people/components/change-password-form";
import { SessionList } from "@/features/people/components/session-list";
import { NewTokenForm, TokenList } from "@/features/people/components/token-list";
import { listOwnSessions, listOwnTokens } from "@/features/people/queries";
import { LONGEST_TOKEN_DAYS, TOKEN_DAYS } from "@/features/people/schema";
import { pageCaller } from "@/lib/auth/identity";
import { holds, ROLE_NAMES } from "@/lib/auth/permissions";
import { env, sendsMail } from "@/lib/env";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const caller = await pageCaller("session:own");
  const [sessions, tokens] = await Promise.all([listOwnSessions(caller), listOwnTokens(await pageCaller("token:own"))]);
  const drafts = holds(caller.role, "draft:own") ? await listDrafts(caller) : null;
  const digest = await hasDigest(await pageCaller("watch:own"));
  const now = new Date().toISOString();
  return (
    <Page>
      <PageTitle title="Account" sub={`${caller.userName}, ${ROLE_NAMES[caller.role]}`} />
      {drafts && (
        <section className="mt-6" id="drafts">
          <h2 className="mb-3">Drafts</h2>
          <DraftList drafts={drafts} />
        </section>
      )}
      <section className="mt-10" id="digest">
        <h2 className="mb-1">Daily digest</h2>
        <DigestSwitch on={digest} sendsMail={sendsMail()} hour={env().DIGEST_HOUR} />
      </section>
      <section className="mt-10">
        <h2 className="mb-3">Where you are signed in</h2>
        <SessionList sessions={sessions} now={now} />
      </section>
      <section className="mt-10 max-w-112">
        <h2 className="mb-3">Password</h2>
        <ChangePasswordForm />
      </section>
      <section className="mt-10">
        <h2>API tokens</h2>
        <p className="mt-1 mb-3 max-w-read text-ink-2">
          For programs that read or write the record in your name and with your role.
        </p>
        <TokenList tokens={tokens} now={now} />
        <h3 className="mt-6 mb-3">New token</h3>
        <div className="max-w-112">
          <NewTokenForm days={TOKEN_DAYS} longest={LONGEST_TOKEN_DAYS} />
        </div>
      </section>
    </Page>
  );
}
