import { TextLink } from "@/components/ui/text-link";
import type { VersionDto } from "@/features/codebook/schema";
import { dayOf, formatDay } from "@/lib/format";

/** Which version a page shows, and since when it holds. `current` is the newest published one. */
export function VersionLine({ shown, current }: { shown: VersionDto; current: number | null }) {
  const { number, status, publishedAt, publishedBy } = shown;
  const newest = number === current;
  return (
    <>
      {status === "draft" ? `Version ${number}, a draft` : `Version ${number}`}
      {publishedAt && `, published ${formatDay(dayOf(publishedAt))}${publishedBy ? ` by ${publishedBy}` : ""}`}.{" "}
      {!newest && current !== null && (
        <>
          It is not the current one.{" "}
          <TextLink href="/codebook" className="no-print">
            Show version {current}
          </TextLink>
        </>
      )}
    </>
  );
}
