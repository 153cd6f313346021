import { ComboBox, type ComboOption } from "@/components/ui/combo-box";
import { FieldError, fieldId } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { Select } from "@/components/ui/select";
import { Cell, RowHeader } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextInput } from "@/components/ui/text-input";
import { KIND_NAMES, NEW_KINDS } from "@/features/actors/schema";
import { firstChoice, partiesInWords, stateOf, type LineState } from "@/features/statements/formats/paste";
import type { MatchedLine } from "@/features/statements/queries/match";
import { foldName } from "@/features/statements/rules";
import { CHOSEN, ROLE_NAMES, STATEMENT_ROLES } from "@/features/statements/schema";
import type { FormValue } from "@/lib/form";

type PasteLineProps = {
  /** The place of the line in the form. */
  at: number;
  line: MatchedLine;
  /** What was sent for it before, when the list comes back. */
  sent: Record<string, FormValue>;
  errorAt: (field: string) => string | undefined;
  /** Everybody on record, and the id of the list that the fields share without JavaScript. */
  options: readonly ComboOption[];
  list: string;
};

/** A line that has no more than its number beside the name need not be shown twice. */
const NUMBERED = 6;

const MATCHES = { exact: "", alias: "other name", fuzzy: "by likeness", none: "" } as const;
const ASKS: Partial<Record<LineState, string>> = {
  ask: "Choose",
  unknown: "Not on record",
  there: "Spoke already",
  twice: "Twice in this list",
};
const KINDS = NEW_KINDS.toReversed().map((value) => ({ value, label: KIND_NAMES[value].one }));
const ROLES = STATEMENT_ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }));

/** One line of a read list: whom it names, and the ways to decide otherwise. */
export function PasteLine({ at, line, sent, errorAt, options, list }: PasteLineProps) {
  const state = stateOf(line);
  const name = (field: string): string => `rows.${at}.${field}`;
  const text = (field: string): string | undefined => (typeof sent[field] === "string" ? sent[field] : undefined);
  const chosen = text("choice") ?? firstChoice(line);
  const open = state !== "certain" || errorAt("choice") !== undefined || errorAt("other") !== undefined;
  const who = line.candidates.find(({ actor }) => actor === line.actor);
  const choices = <Choices {...{ at, line, sent, errorAt, options, list, chosen }} />;
  return (
    <tr data-question={open || undefined} data-state={state} className="scroll-my-24">
      <Cell numeric muted className="align-top">
        {line.line}
      </Cell>
      <RowHeader className="max-w-72 align-top">
        <input type="hidden" name={name("key")} value={line.key} />
        {/* On a narrow screen the names scroll aside; they are not cut into letters. */}
        <span className="block min-w-28 wrap-anywhere">{line.printed}</span>
        {line.text.length > line.printed.length + NUMBERED && (
          <span className="line-clamp-2 text-xs wrap-anywhere text-ink-3" title={line.text}>
            {line.text}
          </span>
        )}
      </RowHeader>
      <Cell className="align-top">
        {open ? (
          choices
        ) : (
          <details className="group">
            <summary className="flex min-h-6 cursor-pointer list-none flex-wrap items-baseline gap-2">
              <span>{who?.name ?? line.actor}</span>
              {MATCHES[line.match] !== "" && <Tag tone="outline">{MATCHES[line.match]}</Tag>}
              <span className="text-xs text-accent group-open:hidden">Change</span>
            </summary>
            <div className="pt-1">{choices}</div>
          </details>
        )}
      </Cell>
      <Cell className="align-top">
        <Parties at={at} line={line} sent={sent} errorAt={errorAt} />
      </Cell>
      <Cell className="align-top">
        {line.role === "statement" && errorAt("role") === undefined ? (
          ROLE_NAMES.statement
        ) : (
          <>
            <Select
              name={name("role")}
              aria-label={`Role, line ${line.line}`}
              options={ROLES}
              defaultValue={text("role") ?? line.role}
            />
            {errorAt("role") && <FieldError>{errorAt("role")}</FieldError>}
          </>
        )}
      </Cell>
    </tr>
  );
}

type ChoicesProps = PasteLineProps & { chosen: string | undefined };

function Choices({ at, line, sent, errorAt, options, list, chosen }: ChoicesProps) {
  const field = (part: string): string => `rows.${at}.${part}`;
  const text = (part: string): string | undefined => (typeof sent[part] === "string" ? sent[part] : undefined);
  const state = stateOf(line);
  const error = errorAt("choice") ?? errorAt("other");
  const errorId = error ? `${fieldId(field("choice"))}-error` : undefined;
  const radio = (value: string, first = false) => (
    <input
      type="radio"
      className="tick"
      id={first ? fieldId(field("choice")) : undefined}
      name={field("choice")}
      value={value}
      data-choice={value.startsWith(CHOSEN) ? "actor" : value}
      defaultChecked={chosen === value}
    />
  );
  const known = line.candidates.map(({ actor }) => actor);
  return (
    <fieldset data-line="" aria-describedby={errorId} className="grid gap-1">
      <legend className="sr-only">
        Who is “{line.printed}”, line {line.line}?
      </legend>
      {ASKS[state] && (
        <span>
          <Tag tone={state === "there" ? "neutral" : "warn"}>{ASKS[state]}</Tag>
        </span>
      )}
      {line.candidates.map(({ actor, name, kind }, place) => (
        <label key={actor} className="flex min-h-6 items-start gap-2">
          {radio(`${CHOSEN}${actor}`, place === 0)}
          <span>
            <Kbd>{place + 1}</Kbd> {name}{" "}
            <span className="text-xs text-ink-3">
              {kind === "member_state" || kind === "observer" ? actor : KIND_NAMES[kind].one}
              {state === "there" || state === "twice" ? " · record another statement" : ""}
            </span>
          </span>
        </label>
      ))}
      <div className="flex min-h-6 flex-wrap items-center gap-2" data-more="">
        <label className="flex items-start gap-2">
          {radio("other", known.length === 0)}
          <span>
            <Kbd>o</Kbd> somebody else
          </span>
        </label>
        <div className="w-56">
          <ComboBox
            id={fieldId(field("other"))}
            name={field("other")}
            aria-label={`Somebody else, line ${line.line}`}
            aria-invalid={errorAt("other") ? true : undefined}
            list={list}
            options={options}
            fold={foldName}
            defaultValue={text("other")}
            placeholder="any name or code"
          />
        </div>
      </div>
      {line.actor === null && (
        <div className="group/new flex min-h-6 flex-wrap items-center gap-2" data-more="">
          <label className="flex items-start gap-2">
            {radio("new")}
            <span>
              <Kbd>n</Kbd> new on record
            </span>
          </label>
          <div className="hidden flex-wrap gap-2 group-has-[input:checked]/new:flex">
            <TextInput
              name={field("name")}
              aria-label={`Name of the new actor, line ${line.line}`}
              defaultValue={text("name") ?? line.printed}
              maxLength={300}
              className="max-w-60"
            />
            <Select
              name={field("kind")}
              aria-label={`Kind of the new actor, line ${line.line}`}
              options={KINDS}
              defaultValue={text("kind") ?? "civil_society"}
              className="max-w-40"
            />
          </div>
        </div>
      )}
      <label className="flex min-h-6 items-start gap-2">
        {radio("leave")}
        <span>
          <Kbd>d</Kbd> leave this line out
        </span>
      </label>
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </fieldset>
  );
}

function Parties({ at, line, sent, errorAt }: Pick<PasteLineProps, "at" | "line" | "sent" | "errorAt">) {
  const before = sent["parties"];
  const open = line.parties.map((party, index) => ({ ...party, index })).filter(({ actor }) => actor === null);
  const words = partiesInWords(line);
  return (
    <div className="grid gap-1">
      {words === "" ? <span className="text-ink-3">own capacity</span> : <span>{words}</span>}
      {open.map(({ printed, candidates, index }) => {
        const field = `parties.p${index}`;
        const value = typeof before === "object" && !Array.isArray(before) ? before[`p${index}`] : undefined;
        const error = errorAt(field);
        return (
          <div key={printed}>
            <Select
              id={fieldId(`rows.${at}.${field}`)}
              name={`rows.${at}.${field}`}
              data-party=""
              aria-label={`Who is “${printed}”, line ${line.line}?`}
              aria-invalid={error ? true : undefined}
              placeholder={`Who is “${printed}”?`}
              defaultValue={typeof value === "string" ? value : ""}
              options={[
                ...candidates.map(({ actor, name }) => ({ value: `${CHOSEN}${actor}`, label: name })),
                { value: "leave", label: "Nobody on record: leave out" },
              ]}
            />
            {error && <FieldError>{error}</FieldError>}
          </div>
        );
      })}
    </div>
  );
}
