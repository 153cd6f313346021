import { TextLink } from "@/components/ui/text-link";
import { eventInWords, fieldInWords, valueInWords, type Names } from "@/features/audit/formats";
import type { HistoryEntry } from "@/features/audit/queries";
import { formatInstant } from "@/lib/format";

type HistoryProps = {
  entries: readonly HistoryEntry[];
  /** What references in the entries stand for: see `actorNames`. Without it they are printed as they are. */
  names?: Names;
  /** The page of what an entry is about, where the reader is not on it already. */
  subjectOf?: (entry: HistoryEntry) => { label: string; href: string } | null;
};

/** What happened to a record: who, when, and field by field from what to what. The newest entry is the first. */
export function History({ entries, names = {}, subjectOf }: HistoryProps) {
  return (
    <ol className="divide-y divide-line border-y border-line">
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} names={names} subject={subjectOf?.(entry) ?? null} />
      ))}
    </ol>
  );
}

type EntryProps = { entry: HistoryEntry; names: Names; subject: { label: string; href: string } | null };

function Entry({ entry, names, subject }: EntryProps) {
  return (
    <li className="py-3" id={`event-${entry.id}`}>
      <p>
        <strong className="font-semibold">{entry.by}</strong> {eventInWords(entry.type)}
        {subject && (
          <>
            {": "}
            <TextLink href={subject.href}>{subject.label}</TextLink>
          </>
        )}
      </p>
      <p className="text-sm text-ink-3">
        <time dateTime={entry.at}>{formatInstant(new Date(entry.at))}</time>
        {entry.version !== null && ` · version ${entry.version}`}
      </p>
      {entry.reason !== null && <p className="mt-1 font-text">Reason: {entry.reason}</p>}
      <Changes entry={entry} names={names} />
    </li>
  );
}

function Changes({ entry, names }: Omit<EntryProps, "subject">) {
  const changes = entry.changes
    .map(({ field, before, after }) => ({
      field,
      before: valueInWords(field, before, names),
      after: valueInWords(field, after, names),
    }))
    .filter(({ before, after }) => before !== null || after !== null);
  if (changes.length === 0) return null;
  const changed = entry.before !== null && entry.after !== null;
  return (
    <dl className="mt-2 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
      {changes.map(({ field, before, after }) => (
        <div key={field} className="contents">
          <dt className="text-ink-3">{fieldInWords(field)}</dt>
          <dd className="mb-1 min-w-0 sm:mb-0">
            {changed ? <FromTo before={before} after={after} /> : <span>{after ?? before}</span>}
          </dd>
        </div>
      ))}
    </dl>
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
