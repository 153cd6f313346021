import { clsx } from "clsx";
import type { ReactNode } from "react";

type PageProps = {
  /** "form" is as wide as a form can be read. */
  width?: "page" | "form";
  children: ReactNode;
};

/** The content of a page: where the skip link leads. Exactly one per page. */
export function Page({ width = "page", children }: PageProps) {
  return (
    <main id="content" tabIndex={-1} className="mx-auto w-full max-w-page px-4 pt-6 pb-16 sm:px-6 sm:pt-7">
      <div className={clsx(width === "form" && "max-w-form")}>{children}</div>
    </main>
  );
}
