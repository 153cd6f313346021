import { ProblemPage } from "@/components/layout/problem-page";
import { ButtonLink } from "@/components/ui/button";

/** A page that the reader's role does not open: status 403, in words; the bar above it stays. */
export default function Forbidden() {
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
      <p>You are signed in, but this page needs another role. An administrator can change yours.</p>
    </ProblemPage>
  );
}
