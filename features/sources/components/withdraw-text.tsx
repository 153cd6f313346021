"use client";

import { WithdrawDisclosure } from "@/components/ui/withdraw-disclosure";
import { withdrawTextAction } from "@/features/sources/actions";
import type { TextDto } from "@/features/sources/queries/texts";

type WithdrawTextProps = { text: Pick<TextDto, "id" | "version" | "statement">; dialogue: string };

/** Takes a text of a statement off the record with its quotations, with a reason. */
export function WithdrawText({ text: { id, version, statement }, dialogue }: WithdrawTextProps) {
  return (
    <WithdrawDisclosure
      action={withdrawTextAction}
      what="this text"
      hint="Its quotations and earlier versions go with it, unless a position rests on one. It can be put back from Recent acts."
      version={version}
    >
      <input type="hidden" name="dialogue" value={dialogue} />
      <input type="hidden" name="statement" value={statement} />
      <input type="hidden" name="id" value={id} />
    </WithdrawDisclosure>
  );
}
