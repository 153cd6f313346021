// Fills an empty database with the committed data; run by npm start, safe to repeat.
//   node scripts/run.mjs scripts/seed.ts record | reference | codebook
import { load, loadMissingCodebook, type Extent, type Loaded } from "@/prisma/seed/load";
import { closeDatabase, openPatiently } from "@/lib/database";
import { SettingError } from "@/lib/env";
import { formatNumber, plural } from "@/lib/format";
import { Refusal } from "./refusal.mjs";

function summary(loaded: Loaded): string {
  if (!loaded) return "The database is not empty: nothing was loaded.";
  const { actors, names, memberships, issues, dialogues, statements, figures, positions, votes } = loaded;
  const reference = `${plural(actors, "actor", "actors")} with ${formatNumber(names)} names, ${plural(memberships, "membership", "memberships")}, ${plural(issues, "issue", "issues")} of the codebook`;
  if (dialogues === 0) return `Loaded ${reference}.`;
  const record = `${plural(dialogues, "dialogue", "dialogues")} with ${plural(statements, "statement", "statements")}, ${plural(figures, "published figure", "published figures")}, ${plural(positions, "position", "positions")}, ${plural(votes, "recorded vote", "recorded votes")}`;
  return `Loaded ${reference}, ${record}.`;
}

function extentOf([extent]: string[]): Extent | "codebook" {
  if (extent === "record" || extent === "reference" || extent === "codebook") return extent;
  throw new Refusal("Say what to load: record, reference or codebook.");
}

async function loaded(extent: Extent | "codebook"): Promise<string> {
  if (extent !== "codebook") return summary(await load(extent));
  const issues = await loadMissingCodebook();
  if (issues === null) return "There is a codebook: nothing was loaded.";
  return `Loaded ${plural(issues, "issue", "issues")} of the codebook.`;
}

try {
  openPatiently();
  console.log(await loaded(extentOf(process.argv.slice(2))));
} catch (error) {
  console.error(error instanceof Refusal || error instanceof SettingError ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
