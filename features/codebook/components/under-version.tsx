import { TextLink } from "@/components/ui/text-link";

type UnderVersionProps = {
  /** The version that the page shows; nothing is said where it is the current one. */
  version: number | undefined;
  /** The same page under the current version. */
  href: string;
};

/** That a page is read under another version of the codebook than the current one, and the way back. */
export function UnderVersion({ version, href }: UnderVersionProps) {
  if (version === undefined) return null;
  return (
    <p className="mt-3 text-sm text-ink-2">
      Shown under <TextLink href={`/codebook?codebook=${version}`}>version {version} of the codebook</TextLink>
      <span className="no-print">
        {" · "}
        <TextLink href={href}>show the current one</TextLink>
      </span>
    </p>
  );
}
