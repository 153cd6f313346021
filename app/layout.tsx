import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { chosenTheme } from "@/lib/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Rostrum", template: "%s · Rostrum" },
  description: "The record of who spoke, for whom, and where they stand.",
  icons: { icon: "/icon.svg" },
  // Nothing here is for the public: not even the sign-in page should be found by a search.
  robots: { index: false, follow: false },
  referrer: "same-origin",
  formatDetection: { telephone: false, date: false, address: false, email: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

/** The document around every page. Reading the cookie makes every page dynamic, which the nonce of the CSP needs as well. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = await chosenTheme();
  return (
    <html lang="en" dir="ltr" data-theme={theme ?? undefined}>
      <body>
        <a className="skip-link" href="#content">
          Skip to content
        </a>
        {children}
      </body>
    </html>
  );
}
