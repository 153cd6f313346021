import { TextLink } from "@/components/ui/text-link";
import type { ChangedDialogue } from "@/features/audit/queries/visits";
import { formatInstant, formatList } from "@/lib/format";

/** Dialogues that others changed, each with who did and when last. */
export function ChangedDialogues({ dialogues }: { dialogues: readonly ChangedDialogue[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {dialogues.map(({ id, name, href, by, at }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-4 py-2">
          <TextLink href={`${href}/history`}>{name}</TextLink>
          <span className="text-sm text-ink-2">
            {formatList(by)}, {formatInstant(new Date(at))}
          </span>
        </li>
      ))}
    </ul>
  );
}
