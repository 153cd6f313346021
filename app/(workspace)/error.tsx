"use client";

/** A page of the workspace that failed: the bar above it stays, so there is always a way on. */
export { BrokenPage as default } from "@/components/layout/broken-page";
