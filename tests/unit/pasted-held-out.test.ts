import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readList } from "@/features/actors/rules/pasted-list";
import { shippedBook } from "@/tests/support/names";
it("x", () => {
  const book = shippedBook();
  const lines = readFileSync(new URL("../fixtures/pasted/held-out.txt", import.meta.url), "utf8").split("\n").filter((l) => l.includes(" => "));
  let good = 0, asked = 0;
  for (const l of lines) {
    const [text = "", want = ""] = l.split(" => ");
    const got = readList(text, book);
    const g = got.map((x) => x.meaning.actorId ?? `?${x.meaning.candidates.join("/")}`).join(",") || "-";
    if (g === want || (want === "?" && g.startsWith("?"))) good++;
    else console.log(JSON.stringify(text), "want", want, "got", g, got.map((x) => x.printed));
  }
  console.log(good, "/", lines.length);
});
