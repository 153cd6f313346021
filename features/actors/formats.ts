import type { GroupSize } from "@/features/actors/queries/counts";
import type { ActorDto, MembershipDto } from "@/features/actors/schema";
import type { FormValue, FormValues } from "@/lib/form";
import { formatDay, formatPeriod, isDay, languageInWords, plural, type Day } from "@/lib/format";

type Period = Pick<MembershipDto, "from" | "until" | "knownOn">;

/** The days of a membership for a reader; what is not known is said: "start not known, until 31 Jan 2020". */
export function periodInWords({ from, until, knownOn }: Period): string {
  if (from !== null) return formatPeriod(from, until);
  const start = until === null ? "start not known" : `start not known, until ${formatDay(until)}`;
  return knownOn === null ? start : `${start}; a member on ${formatDay(knownOn)}`;
}

/** Whether a day is one of a period, both ends included; an end that is not known does not exclude any. */
export function isOn({ from, until }: Pick<Period, "from" | "until">, day: Day): boolean {
  return (from ?? day) <= day && day <= (until ?? day);
}

/** The size of a group for a reader: "28 states", "118 states and 2 observers", "49 states and 1 organization". */
export function sizeInWords({ states, observers, others }: Omit<GroupSize, "startNotKnown">): string {
  const parts = [
    states > 0 ? plural(states, "state", "states") : null,
    observers > 0 ? plural(observers, "observer", "observers") : null,
    others > 0 ? plural(others, "organization", "organizations") : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return "no members";
  return parts.length < 3 ? parts.join(" and ") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Each different source with its number, from 1 in the order in which they are first named: tables point to a list of them. */
export function numberSources(sources: readonly (string | null)[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const source of sources) {
    if (source !== null && !numbers.has(source)) numbers.set(source, numbers.size + 1);
  }
  return numbers;
}

/** A piece of the text of a source: plain words, or an address. */
export type SourcePart = { text: string; href: string | null };

/** Sources are text that names pages: the addresses in it, and the words around them. */
export function sourceParts(source: string): SourcePart[] {
  return source
    .split(/(https?:\/\/[^\s;,"<>]+)/)
    .flatMap((text): SourcePart[] => {
      if (!/^https?:\/\//.test(text)) return [{ text, href: null }];
      // What closes the sentence around an address is no part of it.
      const href = text.replace(/[).]+$/, "");
      return [
        { text: href, href },
        { text: text.slice(href.length), href: null },
      ];
    })
    .filter(({ text }) => text !== "");
}

/** Whether a source says only that something is commonly known: no page was found for it. */
export function isUnsourced(source: string): boolean {
  return /^memory\b/.test(source);
}

/** A stored membership as the values of its form. */
export function membershipFormValues({ from, until, knownOn, source, note }: MembershipDto): FormValues {
  const given = Object.entries({ from, until, knownOn, source, note }).filter(([, value]) => value !== null);
  return Object.fromEntries(given) as FormValues;
}

/** Two versions of the form of a membership, field by field in words; `labels` names the fields in their order. */
export function membershipVersions(labels: Readonly<Record<string, string>>, mine: FormValues, theirs: FormValues) {
  const words = (value: unknown): string => {
    if (typeof value !== "string") return "";
    return isDay(value) ? formatDay(value) : value;
  };
  return Object.entries(labels).map(([field, label]) => ({
    field,
    label,
    mine: words(mine[field]),
    theirs: words(theirs[field]),
    value: theirs[field],
  }));
}

/** One row of the form of names. */
export type NameRow = { name: string; kind: string; language: string; from: string; until: string; source: string };

export const BLANK_NAME: NameRow = { name: "", kind: "alias", language: "en", from: "", until: "", source: "" };

/** Reads the names of an echoed form. */
export function nameRows(value: FormValue | undefined): NameRow[] {
  if (!Array.isArray(value)) return [];
  return value.map((row) => {
    const given = typeof row === "object" && !Array.isArray(row) ? row : {};
    const texts = Object.entries(given).filter(([, text]) => typeof text === "string");
    return { ...BLANK_NAME, ...(Object.fromEntries(texts) as Partial<NameRow>) };
  });
}

/** A stored actor as the values of its form: English names first. */
export function actorFormValues(actor: ActorDto): FormValues {
  const { iso2, iso3, m49, admittedOn, m49Region, m49Subregion, note, source } = actor;
  const given = Object.entries({ iso2, iso3, m49, admittedOn, m49Region, m49Subregion, note, source }).filter(
    ([, value]) => value !== null,
  );
  const english = ({ language }: ActorDto["names"][number]): number => (language === "en" ? 0 : 1);
  return {
    ...(Object.fromEntries(given) as FormValues),
    names: actor.names
      .toSorted((a, b) => english(a) - english(b))
      .map(({ name, kind, language, from, until, source: where }) => ({
        name,
        kind,
        language,
        from: from ?? "",
        until: until ?? "",
        source: where ?? "",
      })),
  };
}

/** The fields of the form of an actor, in their order. */
export const ACTOR_LABELS = {
  names: "Names",
  iso2: "ISO2 code",
  iso3: "ISO3 code",
  m49: "M49 code",
  admittedOn: "Admitted to the UN",
  m49Region: "M49 region",
  m49Subregion: "M49 subregion",
  note: "Note",
  source: "Source",
} as const;

/** Two versions of the form of an actor, field by field in words. */
export function actorVersions(mine: FormValues, theirs: FormValues) {
  const words = (field: string, value: FormValue | undefined): string => {
    if (field === "names") {
      const names = nameRows(value).filter(({ name }) => name !== "");
      return names
        .map(({ name, kind, language, from, until }) => {
          const period = formatPeriod(isDay(from) ? from : null, isDay(until) ? until : null);
          return `${name} (${[kind, languageInWords(language), period].filter(Boolean).join(", ")})`;
        })
        .sort()
        .join("\n");
    }
    if (typeof value !== "string") return "";
    return isDay(value) ? formatDay(value) : value;
  };
  return Object.entries(ACTOR_LABELS).map(([field, label]) => ({
    field,
    label,
    mine: words(field, mine[field]),
    theirs: words(field, theirs[field]),
    value: theirs[field],
  }));
}
