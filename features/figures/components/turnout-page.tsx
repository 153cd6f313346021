import type { ReactNode } from "react";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import type { TrendPoint } from "@/features/figures/queries/over-time";
import { formatDay, plural } from "@/lib/format";

type TurnoutPageProps = {
  title: string;
  point: TrendPoint;
  /** What the list means, in a sentence. */
  meaning: ReactNode;
  /** How many rows the table has; null where too little is before the dialogue to say. */
  rows: number | null;
  /** Why there is no list. */
  tooEarly: string;
  /** What an incomplete record means for this list. */
  caution: string;
  children: ReactNode;
};

/** The states behind one number of the trend of speakers. */
export function TurnoutPage({ title, point, meaning, rows, tooEarly, caution, children }: TurnoutPageProps) {
  return (
    <Page>
      <PageTitle
        title={title}
        crumbs={[{ label: "Trends", href: "/trends" }]}
        sub={
          <>
            <TextLink href={`/dialogues/${point.slug}`}>{point.title}</TextLink>, {formatDay(point.startsOn)}
            {rows !== null && ` · ${plural(rows, "state", "states")}`}
          </>
        }
      />
      <p className="my-4 max-w-read text-ink-2">{meaning}</p>
      {point.completeness !== "complete" && (
        <Notice tone="warn" className="mb-5 max-w-read">
          {point.completeness === "incomplete"
            ? "Fewer speakers of this dialogue are on record than were published. "
            : "Nobody published how many spoke at this dialogue, so nobody knows whether its record is complete. "}
          {caution}
        </Notice>
      )}
      {rows === null || rows === 0 ? (
        <EmptyState
          title={rows === null ? tooEarly : "No state."}
          action={<TextLink href="/trends">All dialogues</TextLink>}
        />
      ) : (
        children
      )}
    </Page>
  );
}
