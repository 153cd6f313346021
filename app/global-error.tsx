"use client";

import { BrandBar } from "@/components/layout/brand-bar";
import { BrokenPage, type BrokenPageProps } from "@/components/layout/broken-page";
import "./globals.css";

/** The last resort, when the document itself failed. It replaces the document, so it brings its own. */
export default function GlobalError(props: BrokenPageProps) {
  return (
    <html lang="en" data-theme={themeOfBrokenDocument()}>
      <body>
        <title>This page did not work · Rostrum</title>
        <BrandBar />
        <BrokenPage {...props} />
      </body>
    </html>
  );
}

/** The look of the document that is being replaced: its cookie cannot be read from here. */
function themeOfBrokenDocument(): string | undefined {
  return typeof document === "undefined" ? undefined : document.documentElement.dataset.theme;
}
