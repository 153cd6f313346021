import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { PositionMark } from "@/features/positions/components/position-mark";
import type { PositionDto } from "@/features/positions/queries/statement";
import { POSITION_KIND_NAMES, type Mode } from "@/features/positions/schema";

type SaidProps = {
  position: Pick<PositionDto, "kind" | "value">;
  mode?: Mode;
  through?: string | null | undefined;
  size?: "word" | "sign";
};

/** What was said: a value, or a mention, signature or vote, which are different things. */
export function Said({ position: { kind, value }, mode = "own", through, size = "word" }: SaidProps) {
  return (
    <span className="relative inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      {value !== null && <PositionMark kind={mode} value={value} through={through} size={size} />}
      {kind !== "position" && <Tag tone="outline">{POSITION_KIND_NAMES[kind]}</Tag>}
    </span>
  );
}

/** Who coded it, as which issue of which version of the codebook. */
export function CodedBy({ position }: { position: Pick<PositionDto, "coder" | "codedAs" | "codebook"> }) {
  return (
    <>
      {position.coder}, as <code>{position.codedAs}</code> of codebook version {position.codebook}
    </>
  );
}

type EvidenceProps = {
  position: Pick<PositionDto, "quote" | "quotation" | "noQuoteReason" | "note" | "sourceUrl" | "confidence">;
  /** Where the words stand in their source. */
  quotationHref?: string | undefined;
};

/** On what a position rests: the words and their place, or why there are none; the coder's note; the source. */
export function Evidence({ position, quotationHref }: EvidenceProps) {
  const { quote, quotation, noQuoteReason, note, sourceUrl } = position;
  return (
    <div className="grid max-w-read gap-1">
      {quote !== null && (
        <blockquote className="border-s-2 border-mark-line ps-2.5 font-text text-read whitespace-pre-line wrap-anywhere">
          {quote}
        </blockquote>
      )}
      {quotation !== null && <p className="text-sm text-ink-3">{placeInWords(quotation, quotationHref)}</p>}
      {noQuoteReason !== null && <p className="text-sm text-ink-2">No quotation: {noQuoteReason}</p>}
      {note !== null && <p className="whitespace-pre-line wrap-anywhere">{note}</p>}
      {sourceUrl !== null && (
        <p className="text-sm">
          <a className="link break-all" href={sourceUrl} rel="noreferrer">
            {sourceUrl}
          </a>
        </p>
      )}
    </div>
  );
}

function placeInWords(quotation: NonNullable<PositionDto["quotation"]>, href: string | undefined) {
  if (quotation.orphaned) return "These words are not in the text any more.";
  const { paragraph, page } = quotation;
  const place = [paragraph === null ? null : `Paragraph ${paragraph}`, page === null ? null : `page ${page}`]
    .filter(Boolean)
    .join(", ");
  const words = `${place === "" ? "In the text" : place} · found verbatim in the source`;
  return href === undefined ? words : <TextLink href={href}>{words}</TextLink>;
}
