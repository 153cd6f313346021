import "server-only";
import { mergedInto } from "@/features/codebook/rules";
import { reading, type Source } from "@/lib/db";

/**
 * Under which issue the codings of merged ones are read in a version (the newest published one without a number): from the id
 * of each original to the id of the issue that it ended in.
 */
export async function loadMerges(source: Source, version?: number): Promise<Map<string, string>> {
  const steps = await reading(source).crosswalkStep.findMany({
    where: {
      kind: "merged",
      version: { status: "published", ...(version === undefined ? {} : { number: { lte: version } }) },
    },
    select: { kind: true, fromId: true, toId: true },
  });
  return mergedInto(steps);
}
