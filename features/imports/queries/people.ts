import "server-only";
import { findActorsByText, type NameMatch } from "@/features/actors/queries/resolve";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import type { Tx } from "@/lib/db";

const MOST_KEPT = 20_000;
const AT_ONCE = 2000;

/** What texts of a file mean, asked for in portions and remembered while a file is read: its rows repeat each other. */
export type Texts = {
  /** Looks up the texts that are not known yet. To be called before `matches`. */
  learn(texts: Iterable<string>): Promise<void>;
  matches(text: string): readonly NameMatch[];
  /** The one actor that a text means, or the sentence that says why there is none. */
  one(text: string): NameMatch | string;
};

const MOST_CHOICES = 6;

export function textsOf(tx: Tx): Texts {
  const known = new Map<string, readonly NameMatch[]>();

  async function learn(texts: Iterable<string>): Promise<void> {
    // However long a file is, no more is remembered than this and one portion of rows.
    if (known.size > MOST_KEPT) known.clear();
    const unknown = [...new Set(texts)].filter((text) => !known.has(text));
    for (let start = 0; start < unknown.length; start += AT_ONCE) {
      const found = await findActorsByText(tx, unknown.slice(start, start + AT_ONCE));
      for (const [text, matches] of found) known.set(text, matches);
    }
  }

  function matches(text: string): readonly NameMatch[] {
    return known.get(text) ?? [];
  }

  function one(text: string): NameMatch | string {
    const found = matches(text);
    if (found.length === 1 && found[0]) return found[0];
    if (found.length === 0) return `Nobody on record is called “${text}”.`;
    const choices = found.slice(0, MOST_CHOICES).map(({ name, ref }) => `${name} (${ref})`);
    return `“${text}” may mean ${choices.join(" or ")}. Write the code of the one that is meant.`;
  }
  return { learn, matches, one };
}

/** The cast of the actors that a file names, which grows while it is read. */
export function growingCast(tx: Tx): { including(ids: Iterable<string>): Promise<Cast> } {
  let ids = new Set<string>();
  let cast: Cast | null = null;
  return {
    including: async (wanted) => {
      const missing = [...new Set(wanted)].filter((id) => !ids.has(id));
      if (cast && missing.length === 0) return cast;
      ids = new Set(ids.size > MOST_KEPT ? wanted : [...ids, ...missing]);
      cast = await loadCast(tx, ids);
      return cast;
    },
  };
}
