import { CountLink } from "@/components/ui/count-link";
import { VALUE_NAMES } from "@/features/codebook/schema";
import type { ActorStands } from "@/features/positions/queries/of-actor";
import { address } from "@/lib/address";
import { formatNumber, plural } from "@/lib/format";

/** What shifted in the own voice of an actor: the confirmed shifts in words; the others are called proposed. */
export function ShiftsOfActor({
  actor,
  shifts: { counts, confirmed },
}: {
  actor: string;
  shifts: ActorStands["shifts"];
}) {
  if (counts.proposed + counts.confirmed === 0) return null;
  return (
    <>
      <h3 id="shifts" className="mt-7 mb-2">
        Shifts
      </h3>
      <p className="max-w-read text-ink-2">
        {counts.confirmed > 0 && (
          <>
            <CountLink href={address("/shifts", { actor, status: "confirmed" })} count={counts.confirmed}>
              {plural(counts.confirmed, "shift", "shifts")}
            </CountLink>{" "}
            of its own voice {counts.confirmed === 1 ? "is" : "are"} confirmed.{" "}
          </>
        )}
        {counts.proposed > 0 && (
          <>
            <CountLink href={address("/shifts", { actor, status: "proposed" })} count={counts.proposed}>
              {formatNumber(counts.proposed)}
            </CountLink>{" "}
            {counts.proposed === 1 ? "is" : "are"} proposed, and nobody has decided yet.
          </>
        )}
      </p>
      {confirmed.length > 0 && (
        <ul className="mt-2 grid max-w-read gap-1">
          {confirmed.map(({ issueTitle, earlier, later, decision }) => (
            <li key={later.id}>
              On {issueTitle} from “{earlier.value && VALUE_NAMES[earlier.value]}” ({earlier.year}) to “
              {later.value && VALUE_NAMES[later.value]}” ({later.year}).{" "}
              <span className="text-sm text-ink-2">{decision?.reason}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
