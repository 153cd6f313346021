// A process for one file of somebody else's: reads it from standard input, hands it to the module that is named, and writes
// what the module makes of it, as JSON, to standard output. Started by run-in-child.ts alone.
import "./no-network.mjs";
import { pathToFileURL } from "node:url";

const [, , module = "", json = "{}"] = process.argv;

/** @param {unknown} answer */
function finish(answer) {
  process.stdout.write(JSON.stringify(answer), () => process.exit(0));
}

try {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const { parse } = await import(pathToFileURL(module).href);
  finish({ result: await parse(Buffer.concat(chunks), JSON.parse(json)) });
} catch (error) {
  // Only what a module says on purpose reaches the user: any other message may quote the file.
  const sentence = error instanceof Error && error.name === "Refused" ? error.message : null;
  finish({ refused: sentence, name: error instanceof Error ? error.name : "unknown" });
}
