import { batches } from "@/lib/formats/file";

export const JSON_TYPE = "application/json";

/** The fields of `head` and then `data` with one row on each line. `head` has at least one field. */
export async function* jsonFile(head: Record<string, unknown>, rows: Iterable<unknown>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${JSON.stringify(head).slice(0, -1)},"data":[`);
  let before = "\n";
  for (const batch of batches(rows)) {
    yield encoder.encode(before + batch.map((row) => JSON.stringify(row)).join(",\n"));
    before = ",\n";
  }
  yield encoder.encode("\n]}\n");
}
