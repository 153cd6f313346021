import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { address } from "@/lib/address";

type FileFormProps = {
  dialogue: string;
  statement: string;
  /** Why the file that was sent last was refused. */
  refused: string | null;
};

/** Sends a file to get its text, where no script runs; a page with a script has the same field within its form. */
export function FileForm({ dialogue, statement, refused }: FileFormProps) {
  return (
    <div className="unscripted mb-6">
      {refused !== null && <ErrorSummary issues={[]} message={refused} />}
      <form
        action={address("/api/documents", { dialogue, statement })}
        method="post"
        encType="multipart/form-data"
        className="grid gap-3"
      >
        <Field
          name="file"
          id="sent-file"
          label="File to take it from"
          hint="PDF, Word (DOCX), web page (HTML) or plain text, at most 25 MB. Send it first: its text then appears below, to be corrected."
        >
          {(binding) => (
            <input {...binding} type="file" accept=".pdf,.docx,.html,.htm,.txt" className="input" required />
          )}
        </Field>
        <div>
          <button type="submit" className="btn">
            Send the file
          </button>
        </div>
      </form>
    </div>
  );
}
