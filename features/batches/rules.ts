/** What happened to a record after an act, as the start of a sentence: "The statement of DNK was revised". `after` is the record as the act left it. */
export function eventWords(type: string, after: unknown): string {
  const [kind = "", what = ""] = type.split(".");
  const record = (typeof after === "object" && after !== null ? after : {}) as Record<string, unknown>;
  const name = ["speaker", "member", "slug"].map((field) => record[field]).find((value) => typeof value === "string");
  const subject = typeof name === "string" ? `The ${kind} of ${name}` : `A ${kind}`;
  return `${kind === "actor" && typeof name === "string" ? `The actor ${name}` : subject} was ${what.replaceAll("_", " ")}`;
}
