import "server-only";
import { getIssue } from "@/features/codebook/queries/issues";
import { allQuotationsOn, type CompendiumEntry } from "@/features/positions/queries/compendium";
import { listComposition, type CompositionAt } from "@/features/positions/queries/composition";
import type { CompendiumQuery } from "@/features/positions/schema";
import type { Caller } from "@/lib/auth/caller";
import { snapshot, type Tx } from "@/lib/db";
import { env } from "@/lib/env";

/** What every file about an issue says of itself. */
export type IssueFile<Row> = {
  issue: { code: string; title: string; codebook: number };
  rows: Row[];
  query: CompendiumQuery;
  generatedAt: Date;
  /** The same rows on screen, and the product's own address. */
  page: string;
  origin: string;
  search: string;
};

type Asked = { code: string; query: CompendiumQuery; search: string; anchor: string };

async function readFile<Row>(
  caller: Caller<"record:read">,
  { code, query, search, anchor }: Asked,
  read: (tx: Tx, issueId: string) => Promise<Row[]>,
): Promise<IssueFile<Row>> {
  const { issue, rows } = await snapshot(caller, async (tx) => {
    const found = await getIssue(tx, code, query.codebook);
    return { issue: found, rows: await read(tx, found.id) };
  });
  const origin = env().APP_URL;
  const page = `${origin}/codebook/${issue.code}${search}#${anchor}`;
  return { issue, rows, query, generatedAt: new Date(), page, origin, search };
}

/** The composition of an issue for a file, of one moment. `search` is the query of the request's address. */
export function readCompositionFile(
  caller: Caller<"record:read">,
  asked: Omit<Asked, "anchor">,
): Promise<IssueFile<CompositionAt>> {
  const { codebook } = asked.query;
  return readFile(caller, { ...asked, anchor: "composition" }, (tx, id) => listComposition(tx, id, codebook));
}

/** The quotations on an issue for a file, of one moment. */
export function readQuotationsFile(
  caller: Caller<"record:read">,
  asked: Omit<Asked, "anchor">,
): Promise<IssueFile<CompendiumEntry>> {
  return readFile(caller, { ...asked, anchor: "quotations" }, (tx, id) => allQuotationsOn(tx, id, asked.query));
}
