import type { ComparePageQuery, CompareQuery } from "@/features/positions/schema";
import { address } from "@/lib/address";

/** The parameters of a comparison, as the API and its files take them; what is usual is left out. */
export function compareParams({ actors, asOf, dialogue, issues, codebook, voice }: CompareQuery) {
  return {
    actors: actors.join(","),
    asOf,
    dialogue,
    issues: issues?.join(","),
    codebook,
    voice: voice === "any" ? undefined : voice,
  };
}

/** The page of a comparison, or of another one that differs in something. */
export function comparePath(query: ComparePageQuery, change: Partial<ComparePageQuery> = {}): string {
  const changed = { ...query, ...change };
  return address("/compare", { ...compareParams(changed), steps: changed.steps });
}
