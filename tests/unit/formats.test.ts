import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { csvFile } from "@/lib/formats/csv";
import { docxFile } from "@/lib/formats/docx";
import type { Cell } from "@/lib/formats/file";
import { jsonFile } from "@/lib/formats/json";
import { xlsxFile } from "@/lib/formats/xlsx";
import { xmlText } from "@/lib/formats/xml";
import { bytesOf, csvRows, docxContent, xlsxSheets, type Read } from "@/tests/support/files";

const TITLES = ["Number", "Text"];
const columns = TITLES.map((title) => ({ title, width: 20 }));

const csv = (rows: Cell[][]): Promise<Buffer> => bytesOf(csvFile(TITLES, rows));

function xlsx(rows: Cell[][], about: { label: string; value: Cell }[] = []): Promise<Buffer> {
  return bytesOf(xlsxFile({ title: "Title", about, sheet: "Rows", columns, count: rows.length, rows }));
}

function docx(rows: Cell[][], more: Partial<Parameters<typeof docxFile>[0]> = {}): Promise<Buffer> {
  const document = { title: "Title", lead: "Lead.", about: [], columns, count: rows.length, none: "Nothing.", rows };
  return bytesOf(docxFile({ ...document, ...more }));
}

const partOf = (file: Buffer, name: string): string => strFromU8(unzipSync(file)[name] ?? new Uint8Array());

// What spreadsheets run, and what people might write to be run.
const FORMULAS = [
  "=1+1",
  "+1",
  "-1+2",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  " =1",
  "\u00a0=1",
  "＝1+1",
  "＋1",
  "－1",
  "＠A",
  "  -2",
];
// Texts of the world that have to come out as they went in.
const TEXTS = [
  "الجزائر",
  "中国",
  "Côte d’Ivoire",
  "e\u0301",
  "𝒳 👩🏽‍⚖️",
  "שלום, world",
  'said "no", twice',
  "<b>&amp;</b>",
  "a;b|c",
  "008",
  "'quoted",
];

describe("CSV", () => {
  it("has a byte order mark, a header row, commas and CRLF, and nothing else", async () => {
    const file = await csv([
      [1, "plain"],
      [null, 'a "b", c'],
      [3, "two\r\nlines"],
    ]);
    expect(file.toString()).toBe('\uFEFFNumber,Text\r\n1,plain\r\n,"a ""b"", c"\r\n3,"two\r\nlines"\r\n');
  });

  it("is its header row when there are no rows", async () => {
    expect((await csv([])).toString()).toBe("\uFEFFNumber,Text\r\n");
  });

  it.each(FORMULAS)("puts an apostrophe in front of %j", async (formula) => {
    expect(csvRows(await csv([[1, formula]]))[1]).toEqual(["1", `'${formula}`]);
  });

  it("keeps negative numbers numbers, codes codes and every other text as it is", async () => {
    const rows = csvRows(await csv([[-5, "008"], ...TEXTS.map((text): Cell[] => [1, text])]));
    expect(rows[1]).toEqual(["-5", "008"]);
    expect(rows.slice(2).map(([, text]) => text)).toEqual(TEXTS);
  });

  it("gives back any text: after the apostrophe, if it got one", async () => {
    const anyText = fc.string({ unit: "grapheme" }).filter((text) => text !== "");
    await fc.assert(
      fc.asyncProperty(fc.array(anyText, { maxLength: 20 }), async (texts) => {
        const read = csvRows(await csv(texts.map((text) => [0, text]))).slice(1);
        expect(read.map(([, text]) => text)).toEqual(
          texts.map((text) => (/^\s*[=+\-@＝＋－＠\t\r]/.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it("makes its portions while they are read", async () => {
    let made = 0;
    function* endless(): Generator<Cell[]> {
      for (;;) yield [(made += 1), "x"];
    }
    const file = csvFile(TITLES, endless());
    await file.next();
    await file.next();
    expect(made).toBeLessThanOrEqual(501);
    await file.return(undefined);
  });
});

describe("text for XML", () => {
  it("loses what XML forbids to U+FFFD and nothing else", () => {
    expect(xmlText("a\u0001b\u0000c\u000bd\u001fe\uFFFEf\uFFFFg\uD800h")).toBe("a�b�c�d�e�f�g�h");
    expect(xmlText("tab\tline\nnext\u0085\u007f 😀 \uE000")).toBe("tab\tline\nnext\u0085\u007f 😀 \uE000");
  });

  it("ends lines as every reader of XML does", () => {
    expect(xmlText("a\r\nb\rc\nd")).toBe("a\nb\nc\nd");
  });
});

describe("XLSX", () => {
  it("has a sheet about itself, then typed rows under a frozen header row with filters", async () => {
    const about = [
      { label: "Rule", value: "own voice" },
      { label: "States", value: 98 },
      { label: "Address", value: "https://rostrum.example.org/?a=1&b=2" },
    ];
    const file = await xlsx(
      [
        [4, "004"],
        [null, "12"],
      ],
      about,
    );
    const sheets = await xlsxSheets(file);
    expect(Object.keys(sheets)).toEqual(["About", "Rows"]);
    expect(sheets["About"]).toEqual(about.map(({ label, value }) => [label, value]));
    expect(sheets["Rows"]).toEqual([TITLES, [4, "004"], [null, "12"]]);
    const sheet = partOf(file, "xl/worksheets/sheet2.xml");
    expect(sheet).toContain('<dimension ref="A1:B3"/>');
    expect(sheet).toContain('<autoFilter ref="A1:B3"/>');
    expect(sheet).toMatch(/<pane ySplit="1"[^>]*state="frozen"/);
    expect(sheet.match(/<col [^>]*width="20"/g)).toHaveLength(2);
    expect(partOf(file, "xl/worksheets/_rels/sheet1.xml.rels")).toContain(
      'Target="https://rostrum.example.org/?a=1&amp;b=2"',
    );
  });

  it("is its header row when there are no rows", async () => {
    const file = await xlsx([]);
    expect((await xlsxSheets(file))["Rows"]).toEqual([TITLES]);
    expect(partOf(file, "xl/worksheets/sheet2.xml")).toContain('<autoFilter ref="A1:B1"/>');
  });

  it("holds texts as texts, whatever they look like, also about itself", async () => {
    const texts = [...FORMULAS, ...TEXTS];
    const file = await xlsx(
      texts.map((text) => [1, text]),
      texts.map((value) => ({ label: "Text", value })),
    );
    const sheets = await xlsxSheets(file);
    expect(sheets["Rows"]?.slice(1).map(([, text]) => text)).toEqual(texts.map((text) => xmlText(text)));
    expect(sheets["About"]?.map(([, text]) => text)).toEqual(texts.map((text) => xmlText(text)));
    for (const part of Object.keys(unzipSync(file))) expect(partOf(file, part), part).not.toMatch(/<f[ >]/);
  });

  it("writes what looks like an escaped character so that it stays one", async () => {
    expect(partOf(await xlsx([[1, "_x0041_ and _X0041_"]]), "xl/worksheets/sheet2.xml")).toContain(
      "_x005F_x0041_ and _X0041_",
    );
  });

  it("cuts what no cell can hold, and says so", async () => {
    const [, , row] =
      (
        await xlsxSheets(
          await xlsx([
            [1, "a".repeat(32_767)],
            [2, "b".repeat(40_000)],
          ]),
        )
      )["Rows"] ?? [];
    expect(row?.[1]).toHaveLength(32_767);
    expect(row?.[1]).toMatch(/^b{32000,} … \(cut: a cell holds no more; the CSV has all\)$/);
  });
});

describe("DOCX", () => {
  it("has a title, a sentence, lines, a repeated header row and numbered pages", async () => {
    const file = await docx([[1, "one"]], { about: [{ label: "States", value: 98 }] });
    const { paragraphs, rows } = await docxContent(file);
    expect(paragraphs.slice(0, 3)).toEqual(["Title", "Lead.", "States: 98"]);
    expect(rows).toEqual([TITLES, ["1", "one"]]);
    const body = partOf(file, "word/document.xml");
    expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(body.indexOf("<w:tblHeader/>")).toBeLessThan(body.indexOf("Number"));
    const footer = Object.keys(unzipSync(file)).find((name) => /^word\/footer\d+\.xml$/.test(name)) ?? "";
    expect(partOf(file, footer)).toMatch(/PAGE.*NUMPAGES/s);
  });

  it("says that there is nothing instead of an empty table", async () => {
    const { paragraphs, rows } = await docxContent(await docx([]));
    expect(paragraphs.at(-1)).toBe("Nothing.");
    expect(rows).toEqual([]);
  });

  it.each([
    [6, 'w:w="11906" w:h="16838"'],
    [7, 'w:w="16838" w:h="11906"'],
    [13, 'w:w="23811" w:h="16838"'],
  ])("has room for %d columns", async (count, size) => {
    const many = Array.from({ length: count }, (_, index) => ({ title: `C${index}`, width: 10 }));
    const file = await docx([many.map((_, index) => index)], { columns: many, count: 1 });
    expect(partOf(file, "word/document.xml")).toContain(`<w:pgSz ${size}`);
  });

  it("takes no text for its own marks", async () => {
    const hostile = ["</w:tr><w:tr>", "<w:tc>x</w:tc>", "<w:t>x</w:t>", "x", "]]>", "&#x1;", ...FORMULAS, ...TEXTS];
    const lead = hostile.join(" ");
    const file = await docx(
      hostile.map((text) => [null, text]),
      { title: "</w:tr>", lead, about: [{ label: "<w:tr>", value: lead }] },
    );
    const { paragraphs, rows } = await docxContent(file);
    expect(rows.slice(1).map(([, text]) => text)).toEqual(hostile.map((text) => xmlText(text)));
    expect(paragraphs[0]).toBe("</w:tr>");
  });

  it("sets Arabic and Hebrew from right to left, and the rest not", async () => {
    const body = partOf(
      await docx([
        ["1. الجزائر", "China 中国"],
        [null, "שלום"],
      ]),
      "word/document.xml",
    );
    const directions = [...body.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => /<w:bidi\/>.*<w:rtl\/>/s.test(cell));
    expect(directions).toEqual([false, false, true, false, false, true]);
  });
});

describe("JSON", () => {
  it("is one document with its rows in the end", async () => {
    const rows = Array.from({ length: 501 }, (_, id) => ({ id, text: 'a\u2028"b' }));
    const read = JSON.parse(String(await bytesOf(jsonFile({ total: 501 }, rows)))) as unknown;
    expect(read).toEqual({ total: 501, data: rows });
    expect(JSON.parse(String(await bytesOf(jsonFile({ total: 0 }, []))))).toEqual({ total: 0, data: [] });
  });
});

describe("every format", () => {
  const anyCell = fc.oneof(
    fc.constant(null),
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.string({ unit: "binary", maxLength: 30 }).filter((text) => text.trim() !== ""),
  );
  const anyRows = fc.array(fc.tuple(anyCell, anyCell), { minLength: 1, maxLength: 8 });

  it("holds any texts and numbers in their rows and order", async () => {
    const plain = (cell: Cell): Read => (typeof cell === "string" ? xmlText(cell) : cell);
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const [workbook, document] = [await xlsxSheets(await xlsx(rows)), await docxContent(await docx(rows))];
        // An entirely empty row at the end is not told from none by the reader.
        const read = (workbook["Rows"] ?? []).slice(1);
        expect(rows.map((_, index) => read[index] ?? [null, null])).toEqual(rows.map((row) => row.map(plain)));
        expect(document.rows.slice(1)).toEqual(rows.map((row) => row.map((cell) => String(plain(cell) ?? ""))));
      }),
      { numRuns: 25 },
    );
  });
});
