"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { switchDigestAction } from "@/features/audit/actions";
import { initialFormState } from "@/lib/form-state";

type DigestSwitchProps = {
  on: boolean;
  /** Whether the product has a mail server. */
  sendsMail: boolean;
  /** The hour from which it is sent, in UTC. */
  hour: number;
};

/** Switches the daily e-mail on and off. */
export function DigestSwitch({ on, sendsMail, hour }: DigestSwitchProps) {
  const [state, submit] = useActionState(switchDigestAction, initialFormState<void>());
  const when = `${String(hour).padStart(2, "0")}:00 UTC`;
  if (!sendsMail && !on) {
    return (
      <p className="max-w-read text-ink-2">
        This installation sends no mail. An administrator can set a mail server; until then, news is in your inbox.
      </p>
    );
  }
  return (
    <form action={submit} className="grid max-w-read gap-3">
      <p className="text-ink-2">
        {on
          ? `On: from ${when} on, one e-mail a day tells what others did to what you watch and you have not read yet. On days without news there is none.`
          : `Off. Switched on, one e-mail a day from ${when} on tells what others did to what you watch.`}
        {on && !sendsMail && " At present this installation sends no mail."}
      </p>
      {state.status === "error" && <ErrorSummary issues={[]} message={state.message} />}
      <input type="hidden" name="digest" value={on ? "off" : "on"} />
      <div>
        <SubmitButton variant="default">{on ? "Switch the digest off" : "Switch the digest on"}</SubmitButton>
      </div>
    </form>
  );
}
