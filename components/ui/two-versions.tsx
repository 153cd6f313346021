"use client";

import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import type { FormValue } from "@/lib/form";
import { TAKE_THEIRS, takeValue } from "@/lib/form-step";

/** One field of a record in two versions, in words. */
export type FieldVersions = {
  /** Its name in the form. */
  field: string;
  label: string;
  mine: string;
  theirs: string;
  /** What the form holds when theirs is taken; undefined clears the field. */
  value: FormValue | undefined;
};

type TwoVersionsProps = {
  /** What was changed, for example "dialogue". */
  what: string;
  versions: readonly FieldVersions[];
};

/**
 * For the top of a form whose record somebody else saved first: what differs, field by field. Saving keeps what is typed;
 * a button per field takes what is on record instead. The form's action must be made by `defineAction`.
 */
export function TwoVersions({ what, versions }: TwoVersionsProps) {
  const top = useRef<HTMLDivElement>(null);
  // The form was sent from its end: who sent it must not have to look for the answer.
  useEffect(() => top.current?.focus(), []);
  const different = versions.filter(({ mine, theirs }) => mine !== theirs);
  return (
    <div ref={top} tabIndex={-1}>
      <Notice tone="warn" title={`Somebody else changed this ${what} after you opened it. Nothing of yours is lost.`}>
        {different.length === 0 ? (
          <p>Your version and the one on record now say the same. Save, or leave it.</p>
        ) : (
          <>
            <p className="mb-3">
              {different.length === 1 ? "One field differs." : `${different.length} fields differ.`} Saving keeps yours.
              To keep what is on record now, take theirs first, field by field.
            </p>
            <ul className="grid gap-3">
              {different.map((version) => (
                <Difference key={version.field} {...version} />
              ))}
            </ul>
          </>
        )}
      </Notice>
    </div>
  );
}

function Difference({ field, label, mine, theirs, value }: FieldVersions) {
  return (
    <li className="border-t border-line-strong pt-2">
      <p className="font-medium">{label}</p>
      <dl className="grid gap-x-3 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <dt className="text-ink-2">Yours</dt>
        <dd className="min-w-0 wrap-anywhere whitespace-pre-line">{mine === "" ? "nothing" : mine}</dd>
        <dt className="text-ink-2">On record now</dt>
        <dd className="min-w-0 wrap-anywhere whitespace-pre-line">{theirs === "" ? "nothing" : theirs}</dd>
      </dl>
      <button
        type="submit"
        name={TAKE_THEIRS}
        value={takeValue(field, value)}
        formNoValidate
        className="btn mt-2"
        aria-label={`Take theirs: ${label}`}
      >
        Take theirs
      </button>
    </li>
  );
}
