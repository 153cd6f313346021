"use client";

import { useActionState, useRef, useState, type ChangeEvent } from "react";
import { DateInput } from "@/components/ui/date-input";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { Notice } from "@/components/ui/notice";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TwoVersions } from "@/components/ui/two-versions";
import { recordTextAction, reviseTextAction } from "@/features/sources/actions";
import { directionOf, textFormValues, textVersions } from "@/features/sources/formats/form";
import type { UploadedDocument } from "@/features/sources/queries/documents";
import type { TextDto } from "@/features/sources/queries/texts";
import { LARGEST_FILE, TEXT_KIND_NAMES, TEXT_KINDS } from "@/features/sources/schema";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt } from "@/lib/form-state";

const KINDS = TEXT_KINDS.map((value) => ({ value, label: TEXT_KIND_NAMES[value] }));

type Upload = { status: "none" } | { status: "reading"; name: string } | { status: "refused"; sentence: string } | Done;
type Done = { status: "done"; name: string; id: string; notes: string[] };

/** Sends a file as it is and gets its text back. The address is that of the API, with the session of this browser. */
async function send(file: File): Promise<UploadedDocument | string> {
  if (file.size > LARGEST_FILE) return "This file is larger than 25 MB.";
  try {
    const answer = await fetch(`/api/v1/documents?fileName=${encodeURIComponent(file.name)}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: file,
    });
    const json: unknown = await answer.json();
    return answer.ok ? (json as UploadedDocument) : (json as { detail: string }).detail;
  } catch {
    return "The file did not reach the server. Try again.";
  }
}

function takenFrom({ id, fileName, notes }: UploadedDocument): Done {
  return { status: "done", name: fileName, id, notes };
}

/** The form of a new text: blank, or with the text of a file that was sent. */
function newTextValues(language: string | undefined, sent: UploadedDocument | null | undefined): FormValues {
  const told = sent?.language ?? language;
  const taken: FormValues = sent ? { text: sent.text, document: sent.id } : {};
  return { kind: "as_delivered", ...(told ? { language: told } : {}), ...taken };
}

type TextFormProps = {
  dialogue: string;
  statement: string;
  cancelHref: string;
  /** The statement's language, when it is on record. */
  language?: string | undefined;
  /** The text to correct; absent for a new one. */
  text?: TextDto;
  /** A draft of this form, to go on with. */
  draft?: FormValues | undefined;
  /** A file that was sent without a script, with its text. */
  document?: UploadedDocument | null;
};

/** Stores a text of a statement, pasted or taken from a file, or corrects the one given. Without JavaScript a file is sent by `FileForm`. */
export function TextForm({ dialogue, statement, cancelHref, language, text, draft, document: sent }: TextFormProps) {
  const [state, submit] = useActionState(
    text ? reviseTextAction : recordTextAction,
    initialFormState<void>(draft ?? (text ? textFormValues(text) : newTextValues(language, sent))),
  );
  const [upload, setUpload] = useState<Upload>(sent ? takenFrom(sent) : { status: "none" });
  const body = useRef<HTMLTextAreaElement>(null);
  const tag = useRef<HTMLInputElement>(null);
  const value = (name: string): string | undefined => {
    const given = state.values[name];
    return typeof given === "string" ? given : undefined;
  };
  const error = (name: string): string | undefined => issueAt(state, name);
  const current = state.status === "stale" ? (state.current as TextDto) : null;

  async function take({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = target.files?.[0];
    if (!file) return;
    setUpload({ status: "reading", name: file.name });
    const answer = await send(file);
    if (typeof answer === "string") return setUpload({ status: "refused", sentence: answer });
    if (body.current) body.current.value = answer.text;
    if (tag.current && answer.language !== null) tag.current.value = answer.language;
    setUpload({ ...takenFrom(answer), name: file.name });
    body.current?.focus();
  }

  const document = upload.status === "done" ? upload.id : value("document");
  const written = value("language") ?? text?.language;
  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      <EnterSaves />
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {current && <TwoVersions what="text" versions={textVersions(state.values, textFormValues(current))} />}
      <input type="hidden" name="dialogue" value={dialogue} />
      <input type="hidden" name="statement" value={statement} />
      {text && <input type="hidden" name="id" value={text.id} />}
      {text && <input type="hidden" name="version" value={current?.version ?? value("version") ?? text.version} />}
      {document && !text && <input type="hidden" name="document" value={document} />}

      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="kind" label="Kind" required error={error("kind")}>
          {(binding) => <Select {...binding} options={KINDS} defaultValue={value("kind")} />}
        </Field>
        <Field
          name="language"
          label="Language"
          error={error("language")}
          hint={text ? "A code, for example en, fr or ar." : "A code such as en, fr or ar. Blank: told from the text."}
        >
          {(binding) => (
            <TextInput {...binding} ref={tag} maxLength={35} spellCheck={false} defaultValue={value("language")} />
          )}
        </Field>
      </div>
      {!text && (
        <div>
          <div className="scripted">
            <Field
              name="file"
              label="From a file"
              hint="PDF, Word (DOCX), web page (HTML) or plain text, at most 25 MB. Its text appears below, to be corrected."
              error={upload.status === "refused" ? upload.sentence : undefined}
            >
              {({ name: _, ...binding }) => (
                <input
                  {...binding}
                  type="file"
                  accept=".pdf,.docx,.html,.htm,.txt"
                  className="input"
                  onChange={(event) => void take(event)}
                />
              )}
            </Field>
          </div>
          <div aria-live="polite" className="mt-2">
            {upload.status === "reading" && <p className="text-sm text-ink-2">Reading {upload.name}…</p>}
            {upload.status === "done" && (
              <Notice tone={upload.notes.length > 0 ? "warn" : "ok"} title={`The text of ${upload.name} is below.`}>
                <p>Compare it with the file before you save it. The file is kept as it is.</p>
                {upload.notes.map((note) => (
                  <p key={note}>{note}</p>
                ))}
              </Notice>
            )}
          </div>
        </div>
      )}
      <Field
        name="text"
        label="Text"
        required
        error={error("text")}
        hint="A blank line between paragraphs. It is stored as it stands here."
      >
        {(binding) => (
          <TextArea
            {...binding}
            ref={body}
            rows={20}
            dir={written ? directionOf(written) : "auto"}
            lang={written}
            className="source-text font-text text-read"
            defaultValue={value("text")}
          />
        )}
      </Field>
      <Field name="source" label="Found in" error={error("source")} hint="A citation, or how it was received.">
        {(binding) => <TextInput {...binding} maxLength={500} defaultValue={value("source")} />}
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="sourceUrl" label="Address" error={error("sourceUrl")} hint="Nothing is fetched from it.">
          {(binding) => <TextInput {...binding} type="url" defaultValue={value("sourceUrl")} />}
        </Field>
        <Field name="accessedOn" label="Looked at on" error={error("accessedOn")}>
          {(binding) => <DateInput {...binding} defaultValue={value("accessedOn")} />}
        </Field>
      </div>
      <SaveLine label={text ? "Save changes" : "Store the text"} stale={current !== null} cancelHref={cancelHref} />
    </KeyedForm>
  );
}
