import { ProblemPage } from "@/components/layout/problem-page";
import { ButtonLink } from "@/components/ui/button";

/** A link that is unknown, used, expired or closed. It does not say which: that would help whoever guesses links. */
export function DeadLink() {
  return (
    <ProblemPage
      title="This link does not work any more"
      actions={
        <ButtonLink variant="primary" href="/sign-in">
          Sign in
        </ButtonLink>
      }
    >
      <p>Each link works once and for a limited time: 30 minutes for a new password, 7 days for an invitation.</p>
      <p>If you have an account, sign in. If you do not, ask an administrator for a new link.</p>
    </ProblemPage>
  );
}
