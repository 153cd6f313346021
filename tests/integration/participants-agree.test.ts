import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { KIND_NAMES } from "@/features/actors/schema";
import type { ParticipantDto } from "@/features/statements/queries/participants";
import {
  BASES,
  BASIS_NAMES,
  PARTICIPANT_COLUMNS,
  PARTICIPANT_SORTS,
  ROLE_NAMES,
  SPEAKER_KINDS,
  STATEMENT_ROLES,
  type ParticipantColumn,
} from "@/features/statements/schema";
import { address } from "@/lib/address";
import { xmlText } from "@/lib/formats/xml";
import { json } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { csvRows, docxContent, office, throughOffice, xlsxSheets, type Read } from "@/tests/support/files";
import { dialogue, say, type Person } from "@/tests/support/record";
import { at, richDialogue, type List, type Stage } from "@/tests/support/rich-dialogue";

useDatabase("record");
const ALL = Object.keys(PARTICIPANT_COLUMNS) as ParticipantColumn[];

let analyst: Person;
let rich = "";
let get: Stage["get"];
let bytes: Stage["bytes"];
let list: Stage["list"];

beforeAll(async () => {
  ({ slug: rich, analyst, get, bytes, list } = await richDialogue());
});

/** What the row of an answer in JSON must look like in a table. */
function cellsOf(row: Partial<ParticipantDto>, columns: ParticipantColumn[]): Read[] {
  return columns.map((name) => {
    const value = name === "speaker" ? row.name : name === "basis" ? row.bases?.join("; ") : row[name];
    return value === "" ? null : (value ?? null);
  });
}

/** The same as people read it in a document. */
function wordsOf(row: Partial<ParticipantDto>, columns: ParticipantColumn[]): string[] {
  return cellsOf(row, columns).map((cell, index) => {
    const name = columns[index];
    if (name === "kind") return KIND_NAMES[row.kind ?? "group"].one;
    if (name === "role") return ROLE_NAMES[row.role ?? "statement"];
    if (name === "basis") return (row.bases ?? []).map((basis) => BASIS_NAMES[basis]).join("; ");
    return typeof cell === "string" ? xmlText(cell) : String(cell ?? "");
  });
}

const neutral = (text: string): string => (/^\s*[=+\-@]/.test(text) ? `'${text}` : text);

describe("every format", () => {
  /** Each is given in one of six: several filters at once leave nothing. */
  const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
  const anyQuery = fc.record(
    {
      kind: seldom(fc.constantFrom(...SPEAKER_KINDS.slice(0, 3))),
      role: seldom(fc.constantFrom(...STATEMENT_ROLES.slice(0, 3))),
      basis: seldom(fc.constantFrom(...BASES)),
      meeting: seldom(fc.constantFrom("1", "2")),
      q: seldom(fc.constantFrom("a", "Den", "union", "ivory")),
      show: seldom(fc.constant("withdrawn")),
      sort: fc.constantFrom(...PARTICIPANT_SORTS),
      columns: fc.shuffledSubarray(ALL, { minLength: 1 }),
    },
    { requiredKeys: [] },
  );

  it("gives the same rows, order and values for the same parameters", async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(rich, rich, "unga-r2p-2021", "unga-r2p-2009"), anyQuery, async (slug, given) => {
        const meeting = slug === rich || !given.meeting ? given.meeting : "1";
        const search = address("", { ...given, meeting, columns: given.columns?.join(",") }) || "?";
        const columns = given.columns ?? ALL;
        const { data, total } = await list(at(slug, "", `${search}&limit=1000`));
        expect(total).toBe(data.length);
        rows += total;
        const document = await list(at(slug, ".json", search));
        expect(document.data).toEqual(data);
        expect(document.total).toBe(total);
        const titles = columns.map((name) => PARTICIPANT_COLUMNS[name]);
        const table = data.map((row) => cellsOf(row, columns));
        const csv = csvRows(await bytes(at(slug, ".csv", search)));
        const plain = (cell: Read) => (typeof cell === "string" ? neutral(cell) : String(cell ?? ""));
        expect(csv).toEqual([titles, ...table.map((row) => row.map(plain))]);
        const sheets = await xlsxSheets(await bytes(at(slug, ".xlsx", search)));
        const clean = (cell: Read) => (typeof cell === "string" ? xmlText(cell) : cell);
        const sheet = sheets["Participants"] ?? [];
        expect(sheet[0]).toEqual(titles);
        expect(table.map((_, index) => sheet[index + 1] ?? columns.map(() => null))).toEqual(
          table.map((row) => row.map(clean)),
        );
        const { rows: words } = await docxContent(await bytes(at(slug, ".docx", search)));
        expect(words).toEqual(total === 0 ? [] : [titles, ...data.map((row) => wordsOf(row, columns))]);
        const metadata = await json<{ notes: { total: number }[] }>(await get(at(slug, ".csv-metadata.json", search)));
        expect(metadata.notes[0]?.total).toBe(total);
      }),
      {
        numRuns: 14,
        examples: [
          [rich, {}],
          [rich, { sort: "-states", columns: ["onBehalfOf", "speaker", "note"] }],
        ],
      },
    );
    expect(rows).toBeGreaterThanOrEqual(18);
  }, 120_000);

  it("is of one moment while others write", async () => {
    const { slug } = await dialogue(analyst);
    let writing = true;
    const states = ["DNK", "NOR", "SWE", "FIN", "ISL", "EST", "LVA", "LTU", "FRA", "DEU", "ITA", "ESP"];
    const writer = (async () => {
      for (const speaker of states) await say(analyst, slug, { speaker });
      writing = false;
    })();
    type Document = List & {
      figures: { spoke: { memberStates: number }; represented: { states: number } };
      headline: string;
    };
    const seen = new Set<number>();
    while (writing) {
      const { data, total, figures, headline } = (await list(at(slug, ".json"))) as Document;
      seen.add(total);
      expect([data.length, figures.spoke.memberStates, figures.represented.states]).toEqual([total, total, total]);
      if (total > 1) expect(headline).toBe(`${total} member states delivered statements on behalf of ${total} states.`);
    }
    await writer;
    expect(seen.size).toBeGreaterThan(1);
  });
});

describe.skipIf(!office)("LibreOffice, where this machine has it", () => {
  it("reads the workbook: every cell, and no formula", { timeout: 120_000 }, async () => {
    const columns = "?columns=order,speaker,m49,onBehalfOf,states";
    // Filter options: comma, quotation marks, UTF-8, and the second sheet.
    const filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2";
    const workbook = await bytes(at(rich, ".xlsx", columns));
    const read = (await throughOffice(workbook, "xlsx", filter)).toString().replaceAll("\n", "\r\n");
    expect(csvRows(Buffer.from(read))).toEqual(csvRows(await bytes(at(rich, ".csv", columns))));
  });

  it("reads the document", { timeout: 120_000 }, async () => {
    const document = await bytes(at(rich, ".docx", "?columns=order,speaker,states"));
    const text = (await throughOffice(document, "docx", "txt:Text (encoded):UTF8")).toString();
    expect(text).toContain("Côte d'Ivoire");
    expect(text).toContain("delivered statements on behalf of");
  });
});
