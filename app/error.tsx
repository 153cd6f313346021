"use client";

import { BrandBar } from "@/components/layout/brand-bar";
import { BrokenPage, type BrokenPageProps } from "@/components/layout/broken-page";

/** A page outside the workspace, or the workspace's own frame, that failed. */
export default function RootError(props: BrokenPageProps) {
  return (
    <>
      <BrandBar />
      <BrokenPage {...props} />
    </>
  );
}
