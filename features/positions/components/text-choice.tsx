"use client";

import { useRouter } from "next/navigation";
import type { SubmitEvent } from "react";

type TextChoiceProps = {
  /** The page, and what of its address is kept. */
  path: string;
  keep: Readonly<Record<string, string>>;
  texts: readonly { id: string; label: string }[];
  chosen: string;
};

/**
 * Which text of a statement is shown. With JavaScript the page is only shown anew, so that what is typed beside it stays;
 * without, the address is opened.
 */
export function TextChoice({ path, keep, texts, chosen }: TextChoiceProps) {
  const router = useRouter();
  const show = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const query = new URLSearchParams({ ...keep, text: (event.nativeEvent.submitter as HTMLButtonElement).value });
    router.replace(`${path}?${query}`, { scroll: false });
  };
  return (
    <form action={path} onSubmit={show} className="flex flex-wrap gap-2 border-b border-line px-4 py-2">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {texts.map(({ id, label }) => (
        <button
          key={id}
          type="submit"
          name="text"
          value={id}
          className="btn"
          data-variant="pill"
          aria-pressed={id === chosen}
        >
          {label}
        </button>
      ))}
    </form>
  );
}
