import { slugify } from "@/features/actors/rules";
import { DomainError, type Issue } from "@/lib/errors";

type Span = { startsOn: string; endsOn: string; meetings: { date: string }[] };

/**
 * The days of a dialogue fit together: it does not end before it starts, and its meetings lie within it, in order.
 * Days are YYYY-MM-DD. Throws INVALID with the path of each field.
 */
export function checkDays({ startsOn, endsOn, meetings }: Span): void {
  const issues: Issue[] = [];
  if (endsOn < startsOn) issues.push({ path: ["endsOn"], message: "The last day is before the first." });
  meetings.forEach(({ date }, index) => {
    const path = ["meetings", String(index), "date"];
    const earlier = meetings[index - 1]?.date;
    if (date < startsOn || date > endsOn)
      issues.push({ path, message: "This meeting is outside the days of the dialogue." });
    else if (earlier && date < earlier) issues.push({ path, message: "Meetings are listed in order of their days." });
  });
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
}

const LONGEST_SLUG = 80;

/** The address to offer for a new dialogue or report: its title and year, "Formal debate" of 2026 is "formal-debate-2026". Empty without either. */
export function suggestSlug(title: string, day: string | null | undefined): string {
  const ending = day ? `-${day.slice(0, 4)}` : "";
  const words = slugify(title)
    .slice(0, LONGEST_SLUG - ending.length)
    .replace(/-$/u, "");
  return words.endsWith(ending) ? words : `${words}${ending}`.replace(/^-/u, "");
}
