"use client";

import Form from "next/form";
import { ComboBox } from "@/components/ui/combo-box";
import { SubmitButton } from "@/components/ui/submit-button";
import { foldName } from "@/features/actors/rules";
import type { ActorOption } from "@/features/actors/schema";

type ActorFieldProps = {
  /** The page that takes the choice. */
  action: string;
  name: string;
  /** "Of a state or group". */
  label: string;
  value?: string | undefined;
  options: readonly ActorOption[];
  /** Parameters of the page that the choice leaves as they are. */
  keep: Readonly<Record<string, string | number | undefined>>;
  button?: string;
};

/** Names an actor by any of its names or codes and opens a page with it. Works without JavaScript. */
export function ActorField({ action, name, label, value, options, keep, button = "Show" }: ActorFieldProps) {
  return (
    <search>
      <Form action={action} prefetch={false} className="flex flex-wrap gap-2">
        {Object.entries(keep).map(
          ([kept, of]) => of !== undefined && of !== "" && <input key={kept} type="hidden" name={kept} value={of} />,
        )}
        <ComboBox
          key={value}
          name={name}
          aria-label={label}
          placeholder={label}
          defaultValue={value}
          options={options.map((option) => ({ value: option.name, label: option.ref, keys: option.keys }))}
          fold={foldName}
          className="w-56"
        />
        <SubmitButton variant="default" pendingLabel="Looking…">
          {button}
        </SubmitButton>
      </Form>
    </search>
  );
}
