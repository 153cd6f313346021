import type { RollCallDto } from "@/features/votes/queries/votes";
import { RESULT_FIELDS, VALUE_NAMES, VOTE_VALUES, type VoteValue } from "@/features/votes/schema";
import type { FormValue, FormValues } from "@/lib/form";
import { formatDay, isDay } from "@/lib/format";

const LETTERS: Record<VoteValue, string> = { yes: "Y", no: "N", abstain: "A", not_voting: "X" };

/** A roll call as somebody could have pasted it: a letter and the name as printed, a line a state. */
function rollCallText(votes: RollCallDto["votes"]): string {
  return votes.map(({ value, printed, name }) => `${LETTERS[value]} ${printed ?? name}`).join("\n");
}

/** A roll call as the values of its form. */
export function voteFormValues(rollCall: RollCallDto): FormValues {
  const { slug, symbol, title, date, dialogue, sourceUrl, note, result, votes } = rollCall;
  const all = { slug, symbol, title, date, dialogue, sourceUrl, note, text: rollCallText(votes) };
  const filled = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as FormValues;
  return {
    ...filled,
    result: Object.fromEntries(Object.values(RESULT_FIELDS).map((field) => [field, String(result[field])])),
  };
}

const LABELS = {
  title: "Title",
  symbol: "Document symbol",
  date: "Day",
  dialogue: "Dialogue",
  slug: "Address",
  result: "Result that the record states",
  sourceUrl: "Source",
  note: "Note",
};

function inWords(value: FormValue | undefined): string {
  if (typeof value === "string") return isDay(value) ? formatDay(value) : value;
  if (typeof value !== "object" || Array.isArray(value)) return "";
  const parts = VOTE_VALUES.flatMap((one) => {
    const number = value[RESULT_FIELDS[one]];
    return typeof number === "string" && number !== "" ? [`${VALUE_NAMES[one]}: ${number}`] : [];
  });
  return parts.join(", ");
}

/** The lines of a list that another one does not have. */
function linesApart(text: string, other: string): string {
  const known = new Set(other.split("\n").map((line) => line.trim()));
  return text
    .split("\n")
    .filter((line) => line.trim() !== "" && !known.has(line.trim()))
    .join("\n");
}

/** What two people made of a roll call, field by field; of the list the lines in which they differ. */
export function versionsOfVote(mine: FormValues, current: RollCallDto) {
  const theirs = voteFormValues(current);
  const list = (of: FormValues): string => (typeof of["text"] === "string" ? of["text"].replaceAll("\r\n", "\n") : "");
  return [
    ...Object.entries(LABELS).map(([field, label]) => ({
      field,
      label,
      mine: inWords(mine[field]),
      theirs: inWords(theirs[field]),
      value: theirs[field],
    })),
    {
      field: "text",
      label: "The roll call",
      mine: linesApart(list(mine), list(theirs)),
      theirs: linesApart(list(theirs), list(mine)),
      value: theirs["text"],
    },
  ];
}
