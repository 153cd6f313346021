import { useMemo } from "react";
import { ComboBox, type ComboOption } from "@/components/ui/combo-box";
import {
  partyInWords,
  SIGNS,
  withoutLast,
  type GridFields,
  type GridParty,
  type Names,
} from "@/features/statements/formats/grid";
import type { MemberChoice } from "@/features/statements/queries/form";
import { foldName } from "@/features/statements/rules";

type PartiesCellProps = {
  binding: {
    "aria-label": string;
    "aria-invalid": true | undefined;
    "aria-describedby": string | undefined;
    readOnly: boolean;
  };
  fields: GridFields;
  /** What stands in the field and is no party yet. */
  typed: string;
  names: Names;
  options: readonly ComboOption[];
  members: Record<string, MemberChoice[]>;
  onType: (text: string) => void;
  /** The field is left: what is typed is meant. */
  onLeave: () => void;
  onChange: (parties: GridParty[]) => void;
};

const OWN: ComboOption = { value: "own capacity", keys: ["own capacity", "own"] };

/** For whom a row was delivered: those named so far, and a field for the next. Nobody named is own capacity. */
export function PartiesCell(props: PartiesCellProps) {
  const { binding, fields, typed, names, options, members, onType, onLeave, onChange } = props;
  const { parties } = fields;
  const sign = [SIGNS.without, SIGNS.aligned, SIGNS.named].find((one) => typed.startsWith(one));
  const group = parties.findLast((party) => party.basis === "group")?.group;
  const offered = useMemo(() => {
    if (sign === undefined) return [OWN, ...options];
    const struck = sign === SIGNS.without;
    const inGroup = new Set(struck && group !== undefined ? members[group]?.map(({ ref }) => names.typedOf(ref)) : []);
    return options.flatMap((option) =>
      !struck || inGroup.has(option.value) ? [{ ...option, value: `${sign}${option.value}` }] : [],
    );
  }, [sign, group, members, names, options]);

  return (
    <div className="flex flex-wrap items-center gap-1">
      {parties.map((party, at) => (
        <span key={JSON.stringify(party)} className="tag" data-tone={party.basis === "group" ? "accent" : "outline"}>
          {partyInWords(party, names)}
          <button
            type="button"
            className="row-tool"
            tabIndex={-1}
            aria-label={`Remove ${partyInWords(party, names)}`}
            onClick={() => onChange(parties.filter((_, index) => index !== at))}
          >
            ×
          </button>
        </span>
      ))}
      <ComboBox
        {...binding}
        data-field="parties"
        className="min-w-40 flex-1"
        options={offered}
        fold={foldName}
        value={typed}
        placeholder={parties.length === 0 ? "own capacity" : undefined}
        onChange={(event) => onType(event.target.value)}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.key === "Backspace" && typed === "" && parties.length > 0) onChange(withoutLast(parties));
        }}
      />
    </div>
  );
}
