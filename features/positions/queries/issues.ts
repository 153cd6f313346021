import "server-only";
import { reading, type Source } from "@/lib/db";

/** Issues over all versions of the codebook: what the newest wording calls each. */
export type IssueCodes = {
  /** Throws for an id that no version has. */
  codeOf(id: string): string;
  /** Every issue that any version called so; empty when none did. */
  idsOf(code: string): string[];
};

/** The codes of issues, those of retired ones included. */
export async function loadIssueCodes(source: Source): Promise<IssueCodes> {
  const rows = await reading(source).issueDefinition.findMany({
    where: { version: { status: "published" } },
    select: { issueId: true, code: true },
    orderBy: { version: { number: "asc" } },
  });
  const newest = new Map(rows.map(({ issueId, code }) => [issueId, code]));
  return {
    codeOf(id) {
      const code = newest.get(id);
      if (code === undefined) throw new Error(`No version of the codebook has issue ${id}.`);
      return code;
    },
    idsOf: (code) => [...new Set(rows.flatMap((row) => (row.code === code ? [row.issueId] : [])))],
  };
}

/** What each issue is called, by its code: as the newest published version that has it words it. */
export async function loadIssueTitles(source: Source): Promise<Record<string, string>> {
  const rows = await reading(source).issueDefinition.findMany({
    where: { version: { status: "published" } },
    select: { issueId: true, code: true, title: true },
    orderBy: { version: { number: "asc" } },
  });
  const newest = new Map(rows.map(({ issueId, code, title }) => [issueId, { code, title }]));
  return Object.fromEntries([...newest.values()].map(({ code, title }) => [code, title]));
}
