import type { RepresentsInput } from "@/features/statements/schema";

const GROUP = /^group:([a-z0-9]+(?:-[a-z0-9]+)*)((?:-[A-Z]{3})*)$/;
const NAMED = /^(named|aligned):([A-Z]{3}|[a-z0-9]+(?:-[a-z0-9]+)*)$/;

function parseOne(text: string): RepresentsInput | null {
  if (text === "own") return { basis: "own" };
  const [, group, struck = ""] = GROUP.exec(text) ?? [];
  if (group) return { basis: "group", group, exclude: struck.split("-").slice(1) };
  const [, basis, actor] = NAMED.exec(text) ?? [];
  if (actor && (basis === "named" || basis === "aligned")) return { basis, actor };
  return null;
}

/**
 * The notation of `represents` in prisma/reference/statements.csv, as the product's input: `own`, `group:nordic`,
 * `group:group-of-friends-r2p-SGP` (without a member), `named:MEX`, `aligned:ALB`, joined by "; ". Null when the text is
 * not in it. Whether the actors exist is not looked at.
 */
export function parseRepresents(text: string): RepresentsInput[] | null {
  const rows = text.split("; ").map(parseOne);
  return rows.every((row) => row !== null) ? rows : null;
}
