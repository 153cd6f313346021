import { ProblemPage } from "@/components/layout/problem-page";
import { ButtonLink } from "@/components/ui/button";

/** An address where nothing is. */
export function MissingPage() {
  return (
    <ProblemPage
      title="There is nothing at this address"
      actions={
        <>
          <ButtonLink variant="primary" href="/dialogues">
            All dialogues
          </ButtonLink>
          <ButtonLink href="/states">All states</ButtonLink>
        </>
      }
    >
      <p>
        The address may be mistyped, or the record may have been withdrawn. Withdrawn records are kept: a reviewer can
        find and restore them.
      </p>
    </ProblemPage>
  );
}
