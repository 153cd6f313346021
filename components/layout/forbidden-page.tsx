import { ProblemPage } from "@/components/layout/problem-page";
import { ButtonLink } from "@/components/ui/button";

/** A page that the reader's role does not open. */
export function ForbiddenPage() {
  return (
    <ProblemPage
      title="Your role does not open this page"
      actions={
        <>
          <ButtonLink variant="primary" href="/dialogues">
            All dialogues
          </ButtonLink>
          <ButtonLink href="/account">Your account</ButtonLink>
        </>
      }
    >
      <p>
        You are signed in, but this page asks for a role that you do not have. An administrator can change your role.
      </p>
    </ProblemPage>
  );
}
