import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, describe, expect, test } from "vitest";
import { openTable } from "@/lib/formats/table-file";
import { scriptArguments } from "@/scripts/install.mjs";

// What people and strangers send. Each file is read by the very code that the reading process runs.
const folder = mkdtempSync(path.join(os.tmpdir(), "rostrum-tables-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

function file(content: string | Uint8Array): string {
  files += 1;
  const name = path.join(folder, String(files));
  writeFileSync(name, content);
  return name;
}

async function read(content: string | Uint8Array, name = "table.csv") {
  const table = await openTable(file(content), name);
  const rows = [];
  for await (const { row, cells } of table.rows) rows.push([row, ...cells]);
  return { headers: table.headers, rows, notes: table.notes };
}

const utf16 = (text: string, big = false): Buffer => {
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return big ? bytes.swap16() : bytes;
};

const book = (sheet: Partial<Parameters<typeof writeXlsx>[0]["sheets"][number]>, more: object[] = []) =>
  writeXlsx({ sheets: [...more, { name: "Table", ...sheet }] as Parameters<typeof writeXlsx>[0]["sheets"] });

describe("a text file", () => {
  test.each([
    ["commas", "Speaker,Order\nDenmark,1\n"],
    ["semicolons and CRLF", "Speaker;Order\r\nDenmark;1\r\n"],
    ["tabs", "Speaker\tOrder\nDenmark\t1"],
    ["the line that Excel writes", "sep=;\nSpeaker;Order\nDenmark;1"],
    ["a byte order mark", "\uFEFFSpeaker,Order\nDenmark,1"],
    ["UTF-16 with its mark", utf16("Speaker,Order\nDenmark,1")],
    ["UTF-16, big end first", utf16("Speaker,Order\nDenmark,1", true)],
    ["empty rows and cells around it", ",,\nSpeaker,Order,\n,,\nDenmark,1,\n"],
  ])("with %s", async (_, content) => {
    const { headers, rows, notes } = await read(content);
    expect([headers, rows.map((row) => row.slice(1)), notes]).toEqual([["Speaker", "Order"], [["Denmark", "1"]], []]);
  });

  test("keeps texts whole: quotes, line breaks, delimiters, spaces, and what only looked like a formula", async () => {
    const { rows } = await read('a;b\n"one ""two""; three\r\nfour"; x \n\'=1+1;\'s-Hertogenbosch\n');
    expect(rows).toEqual([
      [2, 'one "two"; three\r\nfour', " x "],
      [3, "=1+1", "'s-Hertogenbosch"],
    ]);
  });

  test("in Windows-1252 is read with a warning", async () => {
    const { rows, notes } = await read(Buffer.from("Speaker\nC\xf4te d\x92Ivoire\n", "latin1"));
    expect(rows).toEqual([[2, "Côte d’Ivoire"]]);
    expect(notes).toEqual([expect.stringContaining("was read as Windows-1252")]);
  });

  test("with rows that are too short is read with a warning that names the first", async () => {
    const { rows, notes } = await read("a,b\n1,2\n3\n4\n");
    expect(rows).toEqual([
      [2, "1", "2"],
      [3, "3", ""],
      [4, "4", ""],
    ]);
    expect(notes).toEqual([
      "2 rows have fewer cells than the header, first row 3. What is missing was taken as empty.",
    ]);
  });

  test.each([
    ["nothing", "", "The file is empty."],
    ["white space alone", "\n , \n", "The file is empty: it has no row with a text."],
    ["a header alone", "Speaker,Order\n", "The file has a header, but no rows."],
    [
      "no header",
      "1,2\n3,4\n",
      "The file has no header: its first row must say what the columns are, for example Speaker.",
    ],
    [
      "200 columns",
      `${Array.from({ length: 200 }, (_, n) => `c${n}`).join()}\n1\n`,
      "The file has 200 columns; at most 100 can be read. Remove those that are not needed.",
    ],
    [
      "the same header twice",
      "Speaker,Order,speaker\n1,2,3\n",
      "Columns A and C have the same header, “speaker”. Give each its own.",
    ],
    [
      "a row that is too long",
      "a,b\n1,2\n1,2,3\n",
      "Row 3 has a text in column C, which has no header. A comma or semicolon inside a text needs quotation marks around the text.",
    ],
    [
      "NUL in a text",
      "a\nx\u0000y\n",
      "Row 2, column A (a): The text has a NUL character (U+0000), which cannot be stored. Remove it.",
    ],
    ["half of a surrogate pair", utf16("a\nx\ud800y\n"), /says that it is UTF-16, but not all of it is/],
    [
      "a mark of UTF-8 and other bytes",
      Buffer.from("\xef\xbb\xbfa\n\xff\n", "latin1"),
      /says that it is UTF-8, but not all of it is/,
    ],
    [
      "bytes of no encoding",
      Buffer.from("a\n\x81\xff\n", "latin1"),
      "The file is neither UTF-8 nor Windows-1252. Save it as CSV in UTF-8.",
    ],
    ["UTF-16 without its mark", utf16("a\u00ff\nx").subarray(2), /The file is no text: it has NUL characters/],
    [
      "a quotation mark that is never closed",
      'a,b\n"1,2\n3,4\n',
      "Row 2: a text begins with a quotation mark that is never closed.",
    ],
    ["a quotation mark in the middle", 'a,b\n1,"x"y\n', /^Row 2: a quotation mark stands in the middle of a text/],
    [
      "a cell of a megabyte",
      `a\n${"x".repeat(1_000_000)}\n`,
      "Row 2, column A (a): The text is longer than 100000 characters.",
    ],
    ["too many rows", `a\n${"1\n".repeat(250_001)}`, "The file has more than 250,000 rows. Import it in parts."],
  ])("with %s is refused in a sentence", async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });
});

describe("a workbook", () => {
  test("gives days as days, numbers as numbers, and the sheet after the one about the file", async () => {
    const rows = [
      ["Day", "Number", "Yes"],
      [new Date(Date.UTC(2017, 8, 6)), 3.5, true],
      [null, null, null],
      [null, "x", null],
    ];
    const content = await book({ rows }, [{ name: "About", rows: [["Title", "Something"]] }]);
    const { headers, rows: read_, notes } = await read(content, "table.xlsx");
    expect(headers).toEqual(["Day", "Number", "Yes"]);
    expect(read_).toEqual([
      [2, "2017-09-06", "3.5", "true"],
      [4, "", "x", ""],
    ]);
    expect(notes).toEqual(["The workbook has 2 sheets. “Table” was read."]);
  });

  test("with formulas and merged cells is read with warnings that name the first", async () => {
    const content = await book({
      rows: [
        ["a", "b"],
        [1, 2],
        [3, 4],
      ],
      cells: new Map([["1,1", { formula: "A2*2", formulaResult: 2 }]]),
      merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }],
    });
    const { notes, rows } = await read(content, "table.xlsx");
    expect(rows[0]).toEqual([2, "1", "2"]);
    expect(notes).toEqual([
      "1 cell holds a formula, the first is B2. Their values as last saved were taken.",
      "Cells are merged, first A2:A3. Only the first cell of a merged range has its text; the others are empty.",
    ]);
  });

  test("that is called CSV, and CSV that is called a workbook, are read as what they are", async () => {
    const content = await book({ rows: [["a"], ["1"]] });
    expect((await read(content, "x.csv")).notes).toEqual(["The file is called .csv, but it is a workbook (XLSX)."]);
    expect((await read("a\n1\n", "x.xlsx")).notes).toEqual([
      "The file is called .xlsx, but it is text and was read as CSV.",
    ]);
  });

  test.each([
    [
      "another archive",
      () => zipSync({ "a.txt": strToU8("x") }),
      "The file is an archive, but not a workbook. Save the table as XLSX or CSV.",
    ],
    ["an old workbook", () => Buffer.from("d0cf11e0a1b11ae1", "hex"), /an old Excel workbook/],
    ["a PDF", () => Buffer.from("%PDF-1.7\n"), "The file is a PDF. Only tables in CSV or XLSX can be read."],
    ["half an archive", async () => (await book({ rows: [["a"], ["1"]] })).subarray(0, 700), /The workbook is damaged/],
  ])("that is really %s is refused in a sentence", async (_, content, message) => {
    await expect(read(await content(), "x.xlsx")).rejects.toThrow(message);
  });

  test("that is a bomb is refused before it is opened, also when its directory lies", async () => {
    await expect(read(bomb(500 * 1024 * 1024), "x.xlsx")).rejects.toThrow(/would take 500 MB of memory/);
    await expect(read(bomb(1000), "x.xlsx")).rejects.toThrow("a part is larger than its directory says");
  });
});

const WORKBOOK = {
  "xl/workbook.xml": strToU8('<workbook><sheets><sheet name="Table" sheetId="1" r:id="rId1"/></sheets></workbook>'),
  "xl/_rels/workbook.xml.rels": strToU8(
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  ),
};

/** A workbook whose sheet inflates to three megabytes, and whose directory says that it is so large. */
function bomb(said: number): Uint8Array {
  const archive = Buffer.from(zipSync({ ...WORKBOOK, "xl/worksheets/sheet1.xml": new Uint8Array(3_000_000).fill(32) }));
  const name = archive.lastIndexOf("xl/worksheets/sheet1.xml");
  archive.writeUInt32LE(said, name - 46 + 24);
  return archive;
}

test("the reading process ends by its memory limit, in words or not, and tells nothing of our settings", () => {
  // Honest sizes, but a million cells of shared text in one row: whatever it costs, it costs that process.
  const sheet = `<worksheet><sheetData><row r="1">${'<c r="A1" t="inlineStr"><is><t>x</t></is></c>'.repeat(2_000_000)}</row></sheetData></worksheet>`;
  const content = zipSync({ ...WORKBOOK, "xl/worksheets/sheet1.xml": strToU8(sheet) });
  const ended = spawnSync(
    process.execPath,
    ["--max-old-space-size=64", ...scriptArguments("scripts/read-table.ts", [file(content), "x.xlsx", "id"])],
    {
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: { NODE_ENV: "production" },
      timeout: 60_000,
    },
  );
  expect(ended.status === 0 && ended.stdout.length > 0).toBe(false);
});
