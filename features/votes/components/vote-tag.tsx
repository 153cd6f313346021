import { Tag, type TagTone } from "@/components/ui/tag";
import { VALUE_NAMES, type VoteValue } from "@/features/votes/schema";

/** Told apart by shape, too; neither yes nor no is drawn as good or bad. */
const TONES: Record<VoteValue, TagTone> = { yes: "accent", no: "outline", abstain: "neutral", not_voting: "dashed" };

/** How a state voted. */
export function VoteTag({ value }: { value: VoteValue }) {
  return <Tag tone={TONES[value]}>{VALUE_NAMES[value]}</Tag>;
}
