import { CountLink } from "@/components/ui/count-link";
import { Headline } from "@/components/ui/headline";
import { headline, type Figures } from "@/features/figures/rules";
import type { CountingQuery } from "@/features/figures/schema";
import { address } from "@/lib/address";

type HeadlineSentenceProps = {
  /** Where a page has several. */
  id?: string;
  slug: string;
  figures: Figures;
  how: CountingQuery;
  /** The name of the one regional organization that spoke. */
  regionalOrganization: string | null;
};

/** The same sentence as plain words. */
export function headlineInWords({
  figures,
  regionalOrganization,
}: Pick<HeadlineSentenceProps, "figures" | "regionalOrganization">): string {
  return headline(figures, { regionalOrganization })
    .map(({ text }) => text)
    .join("");
}

/** What the dialogue amounts to, in one sentence. Each number leads to exactly that many rows. */
export function HeadlineSentence({ id = "headline", slug, figures, how, regionalOrganization }: HeadlineSentenceProps) {
  const { rule, aligned, meeting } = how;
  return (
    <Headline id={id}>
      {headline(figures, { regionalOrganization }).map((part, index) => {
        if (part.link === null) return <span key={index}>{part.text}</span>;
        const { show, kind } = part.link;
        return (
          <CountLink
            key={index}
            href={address(`/dialogues/${slug}/${show}`, { kind, rule, aligned, meeting })}
            count={part.value}
          >
            {part.text}
          </CountLink>
        );
      })}
    </Headline>
  );
}
