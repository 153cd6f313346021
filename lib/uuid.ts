const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id that a reference is, as the database spells it, or null: a query must never ask for an id that is none. */
export function uuidOf(ref: string): string | null {
  const lower = ref.toLowerCase();
  return UUID.test(lower) ? lower : null;
}
