import type { ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";

type SecretShownOnceProps = { title: string; secret: string; copyLabel: string; children: ReactNode };

/** A link or token that only its hash is kept of: this is the one time to take it. */
export function SecretShownOnce({ title, secret, copyLabel, children }: SecretShownOnceProps) {
  return (
    <Notice tone="ok" title={title}>
      <p>{children}</p>
      <p className="my-2">
        <code className="select-all break-all">{secret}</code>
      </p>
      <CopyButton text={secret} label={copyLabel} />
    </Notice>
  );
}
