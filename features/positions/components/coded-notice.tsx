import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import type { CodedStatement, CodingProgress } from "@/features/positions/queries/codings";
import { plural } from "@/lib/format";

/** Says, on the page that follows, that a coding was submitted, and leads back to it. */
export function CodedNotice({ coded, progress }: { coded: CodedStatement; progress?: CodingProgress }) {
  const { path, speaker, positions } = coded;
  return (
    <Notice tone="ok" className="mt-4">
      Submitted: <TextLink href={`${path}#positions`}>{speaker}</TextLink>, {plural(positions, "position", "positions")}
      . {progress && `${progress.coded} of ${progress.total} statements of this dialogue are coded.`}{" "}
      <TextLink href={`${path}/coding`}>Change it</TextLink>
    </Notice>
  );
}
