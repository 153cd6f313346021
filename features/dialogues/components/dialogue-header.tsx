import type { ReactNode } from "react";
import { PageTitle } from "@/components/layout/page-title";
import { Tabs } from "@/components/layout/tabs";
import { ButtonLink } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import type { DialogueDto } from "@/features/dialogues/queries";
import { DIALOGUE_KIND_NAMES } from "@/features/dialogues/schema";
import { address } from "@/lib/address";
import { formatDayRange } from "@/lib/format";

export type DialogueView = "participants" | "represented" | "speakers" | "figures" | "coding" | "history";

type DialogueHeaderProps = {
  dialogue: DialogueDto;
  mayEdit: boolean;
  /** What else can be done with the page as a whole. */
  actions?: ReactNode;
};

/** The head of each page about one dialogue: what it was, when, and the report it considered. */
export function DialogueHeader({ dialogue, mayEdit, actions }: DialogueHeaderProps) {
  const { slug, title, kind, startsOn, endsOn, body, considers } = dialogue;
  return (
    <PageTitle
      crumbs={[{ label: "Dialogues", href: "/dialogues" }]}
      title={title}
      sub={
        <>
          {formatDayRange(startsOn, endsOn)} · {DIALOGUE_KIND_NAMES[kind]} · {body}
          {considers && (
            <>
              {" · considering "}
              <TextLink href={`/reports/${considers.slug}`}>{considers.title}</TextLink>
              {considers.symbol && ` (${considers.symbol})`}
            </>
          )}
        </>
      }
      actions={
        <>
          {actions}
          {mayEdit && <ButtonLink href={`/dialogues/${slug}/edit`}>Edit dialogue</ButtonLink>}
        </>
      }
    />
  );
}

type DialogueTabsProps = {
  slug: string;
  current: DialogueView;
  participants?: number;
  /** Query of the address, with its question mark, that keeps the counting rule from view to view. */
  query?: string;
  /** The version in the address of the page, which the view of codings keeps. */
  codebook?: number | undefined;
};

/** The views of a dialogue. */
export function DialogueTabs({ slug, current, participants, query = "", codebook }: DialogueTabsProps) {
  const base = `/dialogues/${slug}`;
  return (
    <Tabs
      label="Views of the dialogue"
      tabs={[
        {
          label: "Participants",
          href: `${base}${query}`,
          current: current === "participants",
          ...(participants === undefined ? {} : { count: participants }),
        },
        { label: "Speakers", href: `${base}/speakers${query}`, current: current === "speakers" },
        { label: "Represented", href: `${base}/represented${query}`, current: current === "represented" },
        { label: "Figures", href: `${base}/figures${query}`, current: current === "figures" },
        { label: "Coding", href: address(`${base}/coding`, { codebook }), current: current === "coding" },
        { label: "History", href: `${base}/history`, current: current === "history" },
      ]}
    />
  );
}
