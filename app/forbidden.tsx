import type { Metadata } from "next";
import { BrandBar } from "@/components/layout/brand-bar";
import { ForbiddenPage } from "@/components/layout/forbidden-page";

export const metadata: Metadata = { title: "Not for your role" };

/** What `forbidden()` answers outside the workspace. */
export default function Forbidden() {
  return (
    <>
      <BrandBar />
      <ForbiddenPage />
    </>
  );
}
