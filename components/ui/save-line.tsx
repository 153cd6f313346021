import { ButtonLink } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { SubmitButton } from "@/components/ui/submit-button";

type SaveLineProps = {
  /** What saving does: "Save changes". */
  label: string;
  /** Where the record is as it stands, for those who do not save. */
  cancelHref: string;
  /** Somebody else saved first: see `TwoVersions`. */
  stale?: boolean;
};

/** The end of a `KeyedForm`: save, leave, and the keys that do it. */
export function SaveLine({ label, cancelHref, stale = false }: SaveLineProps) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <SubmitButton data-save="">{stale ? "Save this version" : label}</SubmitButton>
      <ButtonLink variant="quiet" href={cancelHref}>
        {stale ? "Leave it as it is on record" : "Cancel"}
      </ButtonLink>
      <span className="no-print text-sm text-ink-3 pointer-coarse:hidden">
        <Kbd>Enter</Kbd> next field · <Kbd>Shift</Kbd> <Kbd>Enter</Kbd> save
      </span>
    </div>
  );
}

/**
 * The first button of a form whose other buttons do not save: without JavaScript, Enter in a field presses the first
 * one that the browser finds.
 */
export function EnterSaves() {
  return (
    <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true">
      Save
    </button>
  );
}
