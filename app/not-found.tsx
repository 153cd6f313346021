import type { Metadata } from "next";
import { BrandBar } from "@/components/layout/brand-bar";
import { MissingPage } from "@/components/layout/missing-page";

export const metadata: Metadata = { title: "Nothing at this address" };

/** An address that no page answers to. */
export default function NotFound() {
  return (
    <>
      <BrandBar />
      <MissingPage />
    </>
  );
}
