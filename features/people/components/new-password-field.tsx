import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

/** A password that is chosen now. The browser checks only its length; the rest is for the server to say. */
export function NewPasswordField({ label, error }: { label: string; error: string | undefined }) {
  return (
    <Field
      name="password"
      label={label}
      required
      error={error}
      hint="At least 12 characters. Three or four unrelated words do well; a name or a common password does not."
    >
      {(binding) => (
        <TextInput {...binding} type="password" autoComplete="new-password" minLength={12} maxLength={200} />
      )}
    </Field>
  );
}
