import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { GridDifference } from "@/features/statements/formats/grid";

type ConflictRowProps = {
  columns: number;
  differences: readonly GridDifference[];
  onMine: () => void;
  onTheirs: () => void;
};

/** Below a row that somebody else saved first: both versions, field by field. */
export function ConflictRow({ columns, differences, onMine, onTheirs }: ConflictRowProps) {
  return (
    <tr>
      <td colSpan={columns} aria-label="Both versions">
        <Notice tone="warn" title="Somebody else changed this row after you opened it. Nothing of yours is lost.">
          <ul className="mt-2 grid gap-1">
            {differences.map(({ field, label, mine, theirs }) => (
              <li key={field}>
                <span className="font-medium">{label}:</span> yours <em>{mine}</em>, on record now <em>{theirs}</em>
              </li>
            ))}
          </ul>
          <div className="mt-3 flex flex-wrap gap-3">
            <Button variant="primary" onClick={onMine}>
              Keep mine
            </Button>
            <Button onClick={onTheirs}>Take theirs</Button>
          </div>
        </Notice>
      </td>
    </tr>
  );
}
