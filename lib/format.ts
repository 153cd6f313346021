/**
 * How days, instants, numbers and lists are read and printed: the only place that knows.
 * Everything here works in UTC, so that a page reads the same on every machine and a day never slides to its neighbour.
 */

/** A calendar day without a time or zone, as "YYYY-MM-DD". Days compare and sort as plain text. */
export type Day = string;

// Not from Intl: British English prints "Sept", and Rostrum prints three letters for every month.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const numbers = new Intl.NumberFormat("en-GB");
// British English leaves out the comma before "and".
const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** The day of a `@db.Date` value (midnight UTC). Throws a RangeError for an invalid date. */
export function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}

/** Midnight UTC of a day, as `@db.Date` columns want it. Throws a RangeError for text that is no day: check input with `isDay` first. */
export function dateOf(day: Day): Date {
  if (!isDay(day)) throw new RangeError(`Not a calendar day: ${JSON.stringify(day)}`);
  return new Date(`${day}T00:00:00Z`);
}

/** Whether the text is a day that the calendar has, as "YYYY-MM-DD": "2016-02-29" is, "2017-02-29" is not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // Postgres knows no year 0.
  if (text.startsWith("0000")) return false;
  const date = new Date(`${text}T00:00:00Z`);
  // "2017-02-30" parses, but as 2 March: only a real day comes back unchanged.
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

/** "2017-09-06" as "6 Sep 2017". Throws a RangeError for text that is no day. */
export function formatDay(day: Day): string {
  const { date, month, year } = partsOf(day);
  return `${date} ${month} ${year}`;
}

/** Two days, the earlier first, without repeating what they share: "27–28 Jun 2019", "25 Jun – 2 Jul 2018". One day when they are the same. */
export function formatDayRange(first: Day, last: Day): string {
  if (first === last) return formatDay(first);
  const a = partsOf(first);
  const b = partsOf(last);
  if (a.year !== b.year) return `${formatDay(first)} – ${formatDay(last)}`;
  if (a.month !== b.month) return `${a.date} ${a.month} – ${formatDay(last)}`;
  return `${a.date}–${formatDay(last)}`;
}

/** A period whose ends may be open (null), both days included: "since 1 Jul 2013", "until 31 Jan 2020". Empty when both are open. */
export function formatPeriod(from: Day | null, until: Day | null): string {
  if (from && until) return formatDayRange(from, until);
  if (from) return `since ${formatDay(from)}`;
  if (until) return `until ${formatDay(until)}`;
  return "";
}

/** An instant to the minute, with its zone: "6 Sep 2017, 14:05 UTC". */
export function formatInstant(date: Date): string {
  return `${formatDay(dayOf(date))}, ${date.toISOString().slice(11, 16)} UTC`;
}

/** How long ago (or ahead) an instant is: "just now", "12 s ago", "3 min ago", "2 h ago", "5 days ago"; beyond 30 days its day. */
export function formatRelative(date: Date, now: Date = new Date()): string {
  const distance = Math.abs(now.getTime() - date.getTime());
  if (distance < 5 * SECOND) return "just now";
  if (distance > 30 * DAY) return formatDay(dayOf(date));
  const words = formatDuration(distance);
  return date > now ? `in ${words}` : `${words} ago`;
}

/** A whole or decimal number with grouped thousands: "1,234". */
export function formatNumber(value: number): string {
  return numbers.format(value);
}

/** Words as a list in a sentence: "a", "a and b", "a, b and c". */
export function formatList(words: readonly string[]): string {
  return lists.format(words);
}

/** A number with its noun: "1 state", "98 states", "0 states". */
export function plural(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}

/** "1st", "2nd", "3rd", "11th", "22nd". */
export function ordinal(value: number): string {
  const lastTwo = value % 100;
  // The teens are irregular: 11th, 12th, 13th.
  if (lastTwo >= 11 && lastTwo <= 13) return `${value}th`;
  return `${value}${["th", "st", "nd", "rd"][value % 10] ?? "th"}`;
}

const UNITS =
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(
    " ",
  );
const TENS = "twent thirt fort fift sixt sevent eight ninet".split(" ");

/** An ordinal in words, for titles: 9 is "ninth", 21 is "twenty-first". From 100 on, or below 0, as `ordinal`. */
export function ordinalWord(value: number): string {
  const simple = UNITS[value];
  if (simple) return simple;
  const ten = TENS[Math.floor(value / 10) - 2];
  if (!ten) return ordinal(value);
  const unit = value % 10;
  return unit === 0 ? `${ten}ieth` : `${ten}y-${UNITS[unit]}`;
}

function partsOf(day: Day): { date: number; month: string; year: number } {
  const date = dateOf(day);
  return {
    date: date.getUTCDate(),
    month: MONTHS[date.getUTCMonth()] ?? "",
    year: date.getUTCFullYear(),
  };
}

function formatDuration(milliseconds: number): string {
  if (milliseconds < MINUTE) return `${Math.floor(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return `${Math.floor(milliseconds / MINUTE)} min`;
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)} h`;
  return plural(Math.floor(milliseconds / DAY), "day", "days");
}

const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/**
 * The name of a language by its BCP 47 tag: "ru" is "Russian"; "und", which says nothing, is "not said". A tag that nobody knows
 * stays as it is.
 */
export function languageInWords(tag: string): string {
  if (tag === "und") return "not said";
  try {
    return languages.of(tag) ?? tag;
  } catch {
    return tag;
  }
}
