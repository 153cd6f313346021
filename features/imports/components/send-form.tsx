import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IMPORT_KIND_NAMES, IMPORT_KINDS, REFUSALS } from "@/features/imports/schema";

type SendFormProps = {
  dialogues: readonly { slug: string; title: string }[];
  /** Chosen beforehand, when one comes from a dialogue's page. */
  dialogue?: string | undefined;
  /** Why the last file was not received. */
  refused?: string | undefined;
};

/** Sends a file to be looked at; nothing of it is on record before somebody says so. */
export function SendForm({ dialogues, dialogue, refused }: SendFormProps) {
  const refusal = refused === undefined ? undefined : REFUSALS[refused];
  return (
    <form id="send" action="/api/imports" method="post" encType="multipart/form-data" className="grid max-w-form gap-5">
      {refusal && <Notice tone="danger">{refusal}</Notice>}
      <fieldset>
        <legend className="mb-1 text-sm font-medium">What the file holds</legend>
        <div className="grid gap-1.5">
          {IMPORT_KINDS.map((kind, index) => (
            <label key={kind} className="flex min-h-6 items-start gap-2">
              <input type="radio" name="kind" value={kind} defaultChecked={index === 0} className="tick" />
              <span>
                {IMPORT_KIND_NAMES[kind].name}
                <span className="block text-sm text-ink-2">{IMPORT_KIND_NAMES[kind].about}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <Field
        name="dialogue"
        label="Dialogue"
        hint="For participants: the dialogue that they spoke in. It can be changed on the next page."
      >
        {(binding) => (
          <Select
            {...binding}
            defaultValue={dialogue ?? ""}
            placeholder="Choose a dialogue"
            options={dialogues.map(({ slug, title }) => ({ value: slug, label: title }))}
          />
        )}
      </Field>
      <Field
        name="file"
        label="File"
        required
        hint="CSV or XLSX, at most 25 MB. Its first row says what the columns are."
      >
        {(binding) => <input {...binding} type="file" accept=".csv,.tsv,.txt,.xlsx" className="input" />}
      </Field>
      <div>
        <SubmitButton pendingLabel="Sending…">Send the file</SubmitButton>
      </div>
    </form>
  );
}
