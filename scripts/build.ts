// Builds the product when its sources changed since the last build.
import fs from "node:fs";
import path from "node:path";
import { alone, hashOf, ROOT, runQuietly } from "./install.mjs";
import { step } from "./steps";

/** Everything that a build reads. */
const SOURCES = [
  "app",
  "components",
  "features",
  "lib",
  "public",
  "prisma/schema",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

const STAMP = path.join(ROOT, ".next/rostrum-build");
const BUILD_ID = path.join(ROOT, ".next/BUILD_ID");

const read = (file: string) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");

/** The stamp of a build: which sources, and that no other build came after. */
const stampOf = (sources: string) => `${sources} ${read(BUILD_ID)}`;

/**
 * Makes sure that `.next` holds a build of the sources as they are. Sets ROSTRUM_BUILD, which names them, for the build and for
 * the server. The environment must hold APP_URL and NEXT_SERVER_ACTIONS_ENCRYPTION_KEY.
 */
export async function build(): Promise<void> {
  const sources = hashOf(SOURCES);
  process.env.ROSTRUM_BUILD = sources.slice(0, 16);
  const current = () => fs.existsSync(BUILD_ID) && read(STAMP) === stampOf(sources);
  if (current()) return;
  await alone(async () => {
    if (current()) return;
    await step("Building (about half a minute)", async () => {
      fs.rmSync(STAMP, { force: true });
      await runQuietly(process.execPath, ["node_modules/next/dist/bin/next", "build"], { what: "The build" });
      fs.writeFileSync(STAMP, stampOf(sources));
    });
  });
}
