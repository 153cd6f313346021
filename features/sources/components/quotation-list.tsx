import { TextLink } from "@/components/ui/text-link";
import { PlaceForm, RemoveForm } from "@/features/sources/components/quotation-forms";
import { directionOf } from "@/features/sources/formats/form";
import { mostLike } from "@/features/sources/formats/likeness";
import type { QuotationDto } from "@/features/sources/queries/quotations";
import type { TextDto } from "@/features/sources/queries/texts";
import { formatInstant, plural } from "@/lib/format";

type QuotationListProps = {
  text: TextDto;
  /** Address of the statement's texts. */
  path: string;
  dialogue: string;
  mayEdit: boolean;
};

/** Orphans for which likely words are looked up on one page: each takes a walk through the text. */
const MOST_SUGGESTED = 10;

/** What was quoted from a text, in reading order; first the orphans, which wait for somebody. */
export function QuotationList({ text, path, dialogue, mayEdit }: QuotationListProps) {
  const orphans = text.quotations.filter(({ orphanedAt }) => orphanedAt !== null);
  const placed = text.quotations.filter(({ orphanedAt }) => orphanedAt === null);
  return (
    <div className="grid gap-6">
      {orphans.length > 0 && (
        <section aria-labelledby="orphans">
          <h2 id="orphans" className="mb-1">
            {plural(orphans.length, "quotation without a place", "quotations without a place")}
          </h2>
          <p className="mb-2 text-sm text-ink-2">
            The text was changed and does not hold these words any more. Place each again, or remove it.
          </p>
          <ul className="divide-y divide-line border-y border-line">
            {orphans.map((orphan, index) => (
              <li key={orphan.id} className="py-3" id={`quotation-${orphan.id}`}>
                <Words quotation={orphan} />
                <p className="mt-1 text-sm text-ink-3">
                  Since {orphan.orphanedAt && formatInstant(new Date(orphan.orphanedAt))}
                </p>
                {mayEdit && (
                  <PlaceForm
                    quotation={orphan}
                    dialogue={dialogue}
                    like={index < MOST_SUGGESTED ? mostLike(text.text, orphan.exact) : null}
                  />
                )}
                {mayEdit && <RemoveForm quotation={orphan} dialogue={dialogue} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {(placed.length > 0 || orphans.length === 0) && (
        <section aria-labelledby="quotations">
          <h2 id="quotations" className="mb-1">
            {placed.length === 0 ? "No quotation yet" : plural(placed.length, "quotation", "quotations")}
          </h2>
          {placed.length > 0 && (
            <ol className="divide-y divide-line border-y border-line">
              {placed.map((quotation) => (
                <li key={quotation.id} className="py-2.5">
                  <Words quotation={quotation} />
                  <div className="mt-1 flex flex-wrap items-baseline gap-x-3 text-sm text-ink-3">
                    <TextLink href={`${path}?quotation=${quotation.id}#quotation-${quotation.id}`}>
                      {placeInWords(quotation)}
                    </TextLink>
                    {mayEdit && <RemoveForm quotation={quotation} dialogue={dialogue} />}
                  </div>
                </li>
              ))}
            </ol>
          )}
        </section>
      )}
    </div>
  );
}

function Words({ quotation: { exact, language } }: { quotation: QuotationDto }) {
  return (
    <blockquote lang={language} dir={directionOf(language)} className="font-text wrap-anywhere">
      “{exact.replaceAll(/\s+/gu, " ")}”
    </blockquote>
  );
}

/** "Paragraph 3, page 2" */
function placeInWords({ paragraph, page }: QuotationDto): string {
  return page === null ? `Paragraph ${paragraph}` : `Paragraph ${paragraph}, page ${page}`;
}
