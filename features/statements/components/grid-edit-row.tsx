import { useId, useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { ComboBox, type ComboOption } from "@/components/ui/combo-box";
import { FieldError } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Cell } from "@/components/ui/table";
import { ConflictRow } from "@/features/statements/components/grid-conflict";
import type { Edit, GridStore } from "@/features/statements/components/grid-store";
import { PartiesCell } from "@/features/statements/components/grid-parties";
import { GRID_LABELS, SIGNS, withParty, type GridDialogue, type GridField } from "@/features/statements/formats/grid";
import type { FormChoices } from "@/features/statements/queries/form";
import { foldName } from "@/features/statements/rules";
import { ROLE_NAMES, STATEMENT_ROLES, type StatementRole } from "@/features/statements/schema";
import { formatDay } from "@/lib/format";

type EditRowProps = {
  edit: Edit;
  /** Its place, when it is on record. */
  order: number | null;
  store: GridStore;
  dialogue: GridDialogue;
  choices: FormChoices;
  options: readonly ComboOption[];
  columns: number;
  changedBy: string | undefined;
  /** Saved, or on its way: the next row is wanted. */
  onNext: () => void;
  onLeave: () => void;
};

const ROLES = STATEMENT_ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }));

/** A row that is typed: Enter goes from field to field, Shift+Enter saves. What cannot be saved says why under its cell. */
export function EditRow(props: EditRowProps) {
  const { edit, order, store, dialogue, choices, options, columns, changedBy, onNext, onLeave } = props;
  const { key, fields, state, issues, conflict } = edit;
  const id = useId();
  const [party, setParty] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const saving = state === "saving";
  const day = dialogue.meetings.find(({ number }) => String(number) === fields.meeting)?.date ?? dialogue.startsOn;
  const members = choices.members[day] ?? {};

  /** Takes what is typed as a party over into the row. False when it means nobody. */
  const addParty = (typed: string): boolean => {
    if (typed.trim() === "") return true;
    const groups = new Set(choices.groups.map(({ ref }) => ref));
    const parties = withParty(fields.parties, typed.trim(), { names: store.names, groups, members });
    if (typeof parties === "string") {
      setRefusal(parties);
      return false;
    }
    store.type(key, { parties });
    setParty("");
    setRefusal(null);
    return true;
  };
  const save = (typed: string) => {
    if (saving || !addParty(typed)) return;
    void store.save(key);
    onNext();
  };

  const onKey = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    const isParty = target instanceof HTMLInputElement && target.dataset["field"] === "parties";
    const typed = isParty ? target.value : party;
    if (event.key === "F4") {
      event.preventDefault();
      store.repeatLastGroup(key);
    } else if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      if (!event.repeat) save(typed);
    } else if (event.key === "Enter" && !(target instanceof HTMLButtonElement)) {
      event.preventDefault();
      if (event.repeat) return;
      if (isParty && typed.trim() !== "") addParty(typed);
      else nextField(event.currentTarget, target as HTMLElement)?.focus();
    } else if (
      event.key === "Escape" &&
      !event.nativeEvent.defaultPrevented &&
      edit.row !== null &&
      !store.isTouched(key)
    ) {
      onLeave();
    }
  };

  const error = (field: GridField) => (field === "parties" ? (refusal ?? issues.parties) : issues[field]);
  const errorId = (field: GridField) => `${id}-${field}-error`;
  const bind = (field: GridField) => ({
    "aria-label": `${GRID_LABELS[field]}, ${order === null ? "new row" : `row ${order}`}`,
    "aria-invalid": error(field) === undefined ? undefined : (true as const),
    "aria-describedby": error(field) === undefined ? undefined : errorId(field),
    readOnly: saving,
  });
  const errorOf = (field: GridField) =>
    error(field) !== undefined && <FieldError id={errorId(field)}>{error(field)}</FieldError>;

  return (
    <>
      <tr data-edit={key} data-state={state} className="edit-row" onKeyDown={onKey}>
        <Cell numeric className="text-ink-3">
          {order ?? "new"}
        </Cell>
        <Cell>
          <ComboBox
            {...bind("speaker")}
            options={options}
            fold={foldName}
            value={fields.speaker}
            onChange={(event) => store.type(key, { speaker: event.target.value })}
          />
          {errorOf("speaker")}
        </Cell>
        <Cell>
          <PartiesCell
            binding={bind("parties")}
            fields={fields}
            typed={party}
            names={store.names}
            options={options}
            members={members}
            onType={(text) => {
              setRefusal(null);
              if (text === SIGNS.again && store.repeatLastGroup(key)) setParty("");
              else setParty(text);
            }}
            onLeave={() => addParty(party)}
            onChange={(parties) => store.type(key, { parties })}
          />
          {errorOf("parties")}
        </Cell>
        <Cell>
          <Select
            {...bind("role")}
            options={ROLES}
            value={fields.role}
            onChange={(event) => store.type(key, { role: event.target.value as StatementRole })}
          />
          {errorOf("role")}
        </Cell>
        {dialogue.meetings.length > 1 && (
          <Cell>
            <Select
              {...bind("meeting")}
              placeholder="Day not known"
              options={dialogue.meetings.map(({ number, date, label }) => ({
                value: String(number),
                label: `${formatDay(date)} · ${label}`,
              }))}
              value={fields.meeting}
              onChange={(event) => store.type(key, { meeting: event.target.value })}
            />
            {errorOf("meeting")}
          </Cell>
        )}
        <Cell className="text-ink-3">
          {saving ? "Saving…" : changedBy === undefined ? "" : `changed by ${changedBy}`}
        </Cell>
        <Cell className="whitespace-nowrap text-end">
          <Button data-save="" variant={state === "failed" ? "primary" : "default"} onClick={() => save(party)}>
            {state === "failed" ? "Save again" : "Save"}
          </Button>
          {(edit.row !== null || edit.after !== null || state === "failed") && (
            <Button variant="quiet" onClick={onLeave}>
              Give up
            </Button>
          )}
        </Cell>
      </tr>
      {issues.row !== undefined && (
        <tr>
          <td colSpan={columns}>
            <FieldError>{issues.row}</FieldError>
          </td>
        </tr>
      )}
      {conflict && (
        <ConflictRow
          columns={columns}
          differences={conflict.differences}
          onMine={() => void store.keepMine(key)}
          onTheirs={onLeave}
        />
      )}
    </>
  );
}

/** The field of the row after this one; after the last the button that saves. */
function nextField(row: HTMLElement, from: HTMLElement): HTMLElement | undefined {
  const fields = [...row.querySelectorAll<HTMLElement>("input, select, button[data-save]")];
  return fields[fields.indexOf(from) + 1];
}
