import { eventInWords } from "@/features/audit/formats";
import type { News } from "@/features/audit/schema";
import { VALUE_NAMES } from "@/features/codebook/schema";

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** What the end of the sentence says of an event of one kind of record. */
function ending({ type, about, before, after }: News): string {
  const record = after ?? before ?? {};
  const kind = type.slice(0, type.indexOf("."));
  if (kind === "position") {
    const value = textOf(record["value"]) as keyof typeof VALUE_NAMES | null;
    const said = [about, value === null ? null : (VALUE_NAMES[value] ?? value).toLowerCase()];
    const words = said.filter((part) => part !== null).join(", ");
    return words === "" ? "" : `: ${words}`;
  }
  if (kind === "vote" || kind === "codebook") {
    const words = textOf(record["title"]) ?? textOf(record["note"]);
    return words === null ? "" : `: ${words}`;
  }
  if (about === null) return "";
  if (kind === "statement" || kind === "coding") return ` by ${about}`;
  if (kind === "text" || kind === "quotation") return `, in the statement by ${about}`;
  return `: ${about}`;
}

/** One act of the inbox as a sentence without its end: "Analyst One recorded a statement by Denmark". */
export function newsInWords(news: News): string {
  const { by, type, batch, before } = news;
  if (type === "batch.undone") return `${by} undid: ${textOf(before?.["title"]) ?? "an act of many changes"}`;
  return batch === null ? `${by} ${eventInWords(type)}${ending(news)}` : `${by}: ${batch}`;
}
