import type { z } from "zod";

/** Query parameters of a page as its `searchParams` give them. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** One value per parameter: the first when it was given twice; several values of a list are joined by commas. */
export function single(params: SearchParams): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => {
      const text = Array.isArray(value) ? value.join(",") : value;
      return text === undefined || text === "" ? [] : [[name, text]];
    }),
  );
}

/** The address of a page with parameters; those that are undefined, null or empty are left out. */
export function address(path: string, params: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

/**
 * Reads the parameters of a page by a schema. An address is typed, shared and shortened by people: a parameter that
 * makes no sense is left out instead of refused. The API refuses it.
 */
export function lenient<S extends z.ZodObject>(schema: S, params: Record<string, string>): z.output<S> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  return schema.parse(Object.fromEntries(Object.entries(params).filter(([name]) => !wrong.has(name))));
}
