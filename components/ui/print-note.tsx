"use client";

import { useEffect } from "react";

/**
 * Prints a line at the foot of every sheet of this page: under which rule and on which day it was read. The margin boxes of
 * app/styles/print.css take it from the root element, which is all of a document that they can see.
 */
export function PrintNote({ note }: { note: string }) {
  useEffect(() => {
    const { style } = document.documentElement;
    style.setProperty("--print-note", JSON.stringify(` · ${note}`));
    return () => void style.removeProperty("--print-note");
  }, [note]);
  return null;
}
