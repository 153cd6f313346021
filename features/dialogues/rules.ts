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
    if (date < startsOn || date > endsOn) issues.push({ path, message: "This meeting is outside the days of the dialogue." });
    else if (earlier && date < earlier) issues.push({ path, message: "Meetings are listed in order of their days." });
  });
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
}
