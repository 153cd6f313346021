import { POSITION_VALUES } from "@/features/codebook/schema";
import { PositionMark } from "@/features/positions/components/position-mark";
import { ABSENCES } from "@/features/positions/schema";

/** What each drawing of a position, and of each kind of absence, means. */
export function PositionLegend() {
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-4 gap-y-1 py-2 text-sm text-ink-2">
      {POSITION_VALUES.map((value) => (
        <li key={value}>
          <PositionMark kind="own" value={value} />
        </li>
      ))}
      <li>
        <PositionMark kind="delegated" value="support" through="a group" />
      </li>
      {ABSENCES.map((kind) => (
        <li key={kind}>
          <PositionMark kind={kind} />
        </li>
      ))}
    </ul>
  );
}
