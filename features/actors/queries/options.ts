import "server-only";
import { printedName, today, WITH_NAMES } from "@/features/actors/queries/actor";
import { refOf } from "@/features/actors/queries/register";
import { findActorsByText } from "@/features/actors/queries/resolve";
import { foldName } from "@/features/actors/rules";
import type { ActorOption } from "@/features/actors/schema";
import { reading, type Source } from "@/lib/db";

/** Whose positions are looked at. */
const KINDS = ["member_state", "observer", "regional_organization", "group"] as const;
const MOST = 5000;

/** Every state, observer, organization and group by its name of today, with all names by which it is found. */
export async function loadActorOptions(source: Source): Promise<ActorOption[]> {
  const day = await today(source);
  const rows = await reading(source).actor.findMany({
    where: { kind: { in: [...KINDS] }, mergedIntoId: null },
    include: WITH_NAMES,
    take: MOST,
  });
  return rows
    .map((row) => {
      const codes = [row.iso2, row.iso3].flatMap((code) => (code ? [code.toLowerCase()] : []));
      const keys = [...new Set([...row.names.map(({ folded }) => folded), ...codes])];
      return { ref: refOf(row), name: printedName(row, day), keys };
    })
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * The reference of the one actor that a typed text means, whatever the spelling; undefined when nobody is called so, or several are.
 */
export async function findRefByText(source: Source, text: string): Promise<string | undefined> {
  const found = (await findActorsByText(source, [text])).get(text) ?? [];
  const named = found.length > 1 ? found.filter(({ name }) => foldName(name) === foldName(text)) : found;
  return named.length === 1 ? named[0]?.ref : undefined;
}
