"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { formatNumber } from "@/lib/format";

const EVERY_MS = 1500;

type ProgressProps = {
  /** What is going on: "The rows are being checked". */
  label: string;
  done: number;
  /** Null: not known yet. */
  total: number | null;
};

/** How far a piece of work is. The page asks again while it is shown; without JavaScript its reader does. */
export function Progress({ label, done, total }: ProgressProps) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);
  const count = total === null ? `${formatNumber(done)} rows` : `${formatNumber(done)} of ${formatNumber(total)} rows`;
  return (
    <div className="border-y border-line py-6">
      <output className="block font-text text-section">{label}.</output>
      <progress
        className="mt-3 w-full max-w-form accent-accent"
        aria-label={label}
        max={total ?? undefined}
        value={total === null ? undefined : done}
      />
      <p className="mt-1 text-sm text-ink-2">
        {done > 0 ? count : "It is about to start."} You can leave this page; the work goes on.
      </p>
      <noscript>
        <p className="mt-3">Load this page again to see how far it is.</p>
      </noscript>
    </div>
  );
}
