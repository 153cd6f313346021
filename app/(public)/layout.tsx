import type { ReactNode } from "react";
import { BrandBar } from "@/components/layout/brand-bar";

/** Around the pages that nobody is signed in to. */
export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <BrandBar />
      {children}
    </>
  );
}
