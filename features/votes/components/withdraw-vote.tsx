"use client";

import { WithdrawDisclosure } from "@/components/ui/withdraw-disclosure";
import { withdrawVoteAction } from "@/features/votes/actions";

/** Takes a recorded vote off the record, with a reason. */
export function WithdrawVote({ vote: { id, version } }: { vote: { id: string; version: number } }) {
  return (
    <WithdrawDisclosure
      action={withdrawVoteAction}
      what="this recorded vote"
      hint="It leaves the pages of all states that voted. Its history stays, and it can be put back from Recent acts."
      version={version}
    >
      <input type="hidden" name="current" value={id} />
    </WithdrawDisclosure>
  );
}
