/** The query of a page as Next hands it over. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** The query of a page, each parameter once. */
export type Params = Readonly<Record<string, string>>;

const LONGEST = 300;

/** Reads the query of a page: of a repeated parameter the first counts; blank ones and ones longer than any of ours are left out. */
export async function paramsOf(search: SearchParams): Promise<Params> {
  const given = Object.entries(await search).map(([name, value]) => [name, [value].flat()[0]?.trim() ?? ""] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== "" && value.length <= LONGEST));
}

/** The value when it is one of a closed list. Addresses are typed and shared by people: anything else counts as not said. */
export function oneOf<T extends string>(choices: readonly T[], value: string | undefined): T | undefined {
  return choices.find((choice) => choice === value);
}

/** The address of a page with these parameters; undefined and blank ones are left out. */
export function hrefOf(path: string, params: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(params).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const query = new URLSearchParams(given).toString();
  return query === "" ? path : `${path}?${query}`;
}
