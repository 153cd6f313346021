"use client";

import { ProblemPage } from "@/components/layout/problem-page";
import { Button, ButtonLink } from "@/components/ui/button";

/** What Next hands to an error page. */
export type BrokenPageProps = { error: unknown; retry: () => void };

/** What the server calls the failure of a page for which the database did not answer: see `DomainError` in lib/errors.ts. */
const UNAVAILABLE = "UNAVAILABLE";

/** A page that failed. The error's own words never appear: they are not written for readers, and may hold what is not for them. */
export function BrokenPage({ error, retry }: BrokenPageProps) {
  const reference = referenceOf(error);
  const away = reference === UNAVAILABLE;
  return (
    <ProblemPage
      title={away ? "The database does not answer just now" : "This page did not work"}
      actions={
        <>
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
          <ButtonLink href="/">Go to the start page</ButtonLink>
        </>
      }
    >
      {away ? <p>What is on record is safe. Try again in a moment.</p> : <OnOurSide reference={reference} />}
    </ProblemPage>
  );
}

function OnOurSide({ reference }: { reference: string | null }) {
  return (
    <>
      <p>Something went wrong on our side. What is on record is safe, and nothing was changed by it.</p>
      <p>
        Try again in a moment. If it happens again, tell your administrator what you were doing
        {reference && (
          <>
            {" "}
            and this reference: <code className="font-ui text-base select-all">{reference}</code>
          </>
        )}
        .
      </p>
    </>
  );
}

/** The number under which the server has logged the error, when the error came from there. */
function referenceOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("digest" in error)) return null;
  return typeof error.digest === "string" ? error.digest : null;
}
