import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { eventInWords, fieldInWords, inReadingOrder, valueInWords, type Names } from "@/features/audit/formats";
import type { HistoryEntry } from "@/features/audit/queries";
import { formatInstant } from "@/lib/format";

type HistoryProps = {
  entries: readonly HistoryEntry[];
  /** What references in the entries stand for: see `actorNames`. Without it they are printed as they are. */
  names?: Names;
  /** The end of an entry's sentence, which says what it is about: " by" and a link to the statement. */
  subjectOf?: (entry: HistoryEntry) => ReactNode;
  /** What can be done with an entry: a link, for those who may follow it. */
  actionOf?: (entry: HistoryEntry) => ReactNode;
};

/** What happened to a record: who, when, and field by field from what to what. The newest entry is the first. */
export function History({ entries, names = {}, subjectOf, actionOf }: HistoryProps) {
  return (
    <ol aria-label="Changes" className="divide-y divide-line border-y border-line">
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} names={names} subject={subjectOf?.(entry)} action={actionOf?.(entry)} />
      ))}
    </ol>
  );
}

type EntryProps = { entry: HistoryEntry; names: Names; subject: ReactNode; action: ReactNode };

function Entry({ entry, names, subject, action }: EntryProps) {
  return (
    <li className="py-3" id={`event-${entry.id}`}>
      <p>
        <strong className="font-semibold">{entry.by}</strong> {eventInWords(entry.type)}
        {subject}
      </p>
      <p className="text-sm text-ink-3">
        <time dateTime={entry.at}>{formatInstant(new Date(entry.at))}</time>
        {entry.version !== null && ` · version ${entry.version}`}
      </p>
      {entry.reason !== null && <p className="mt-1 font-text">Reason: {entry.reason}</p>}
      <Changes entry={entry} names={names} />
      {action && <p className="mt-2 text-sm">{action}</p>}
    </li>
  );
}

function Changes({ entry, names }: Pick<EntryProps, "entry" | "names">) {
  const changes = inReadingOrder(entry.changes)
    .map(({ field, before, after }) => ({
      field,
      before: valueInWords(field, before, names),
      after: valueInWords(field, after, names),
    }))
    .filter(({ before, after }) => before !== null || after !== null);
  if (changes.length === 0) return null;
  const changed = entry.before !== null && entry.after !== null;
  const fields = (
    <dl className="mt-2 grid grid-cols-1 gap-x-4 gap-y-1 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="contents">
          <dt className="text-ink-3">{fieldInWords(field)}</dt>
          <dd className="mb-1 min-w-0 wrap-anywhere whitespace-pre-line sm:mb-0">
            {changed ? <FromTo before={before} after={after} /> : (after ?? before)}
          </dd>
        </div>
      ))}
    </dl>
  );
  if (changed) return fields;
  // All fields of a new record at once: on demand, or they would bury the changes.
  return (
    <Disclosure summary={entry.after === null ? "What it was" : "What was recorded"} className="mt-1 text-sm">
      {fields}
    </Disclosure>
  );
}

function FromTo({ before, after }: { before: string | null; after: string | null }) {
  // What changed is a part that the words leave out, such as the source of a name.
  if (before === after) return <span>{after} (details changed)</span>;
  return (
    <>
      <span className="sr-only">from </span>
      {before === null ? <span className="text-ink-3">nothing</span> : <del className="text-ink-2">{before}</del>}
      <span aria-hidden="true" className="text-ink-3">
        {" → "}
      </span>
      <span className="sr-only"> to </span>
      {after === null ? (
        <span className="text-ink-3">nothing</span>
      ) : (
        <ins className="font-medium no-underline">{after}</ins>
      )}
    </>
  );
}
