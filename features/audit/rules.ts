import type { Json, Snapshot } from "@/features/audit/schema";
import { canonicalJson } from "@/lib/canonical-json";

/** One field of a record, before and after a change. */
export type FieldChange = { field: string; before: Json | undefined; after: Json | undefined };

/** Absent and null are the same: nothing is recorded. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalJson(withoutNulls(a)) === canonicalJson(withoutNulls(b));
}

function withoutNulls(value: Json | undefined): Json | undefined {
  if (typeof value !== "object" || value === null) return value ?? undefined;
  if (Array.isArray(value)) return value.map((one) => withoutNulls(one) ?? null);
  const fields = Object.entries(value).map(([name, inner]) => [name, withoutNulls(inner)] as const);
  return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined));
}

/** Field by field, what a change did; fields that stayed the same are left out. Order: as in `after`, then what is gone. */
export function changesBetween(before: Snapshot | null, after: Snapshot | null): FieldChange[] {
  const fields = new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})]);
  return [...fields]
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }))
    .filter((change) => !same(change.before, change.after));
}
