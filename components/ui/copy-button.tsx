"use client";

import { useEffect, useState } from "react";
import { Button, type ButtonVariant } from "@/components/ui/button";

type CopyButtonProps = { text: string; label?: string; variant?: ButtonVariant };

const SHOWN_FOR_MS = 2500;

/** Copies a text, and says so in words that a screen reader hears too. */
export function CopyButton({ text, label = "Copy", variant = "default" }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"" | "Copied" | "Not copied: select the text and copy it by hand">("");

  useEffect(() => {
    if (outcome === "") return;
    const timer = setTimeout(() => setOutcome(""), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("Copied");
    } catch {
      // Browsers refuse it outside https, or when the reader has said no.
      setOutcome("Not copied: select the text and copy it by hand");
    }
  };

  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <Button variant={variant} onClick={copy}>
        {label}
      </Button>
      <span aria-live="polite" className="text-sm text-ink-2">
        {outcome}
      </span>
    </span>
  );
}
