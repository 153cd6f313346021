import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import zlib from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { call, expectProblem, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

// Each file is read in a process of its own, which a busy machine is slow to start.
vi.setConfig({ testTimeout: 90_000 });

const database = useDatabase();
let token = "";

beforeAll(async () => {
  token = await tokenFor();
});

type Uploaded = {
  id: string;
  sha256: string;
  mediaType: string;
  text: string;
  pages: number | null;
  language: string | null;
  notes: string[];
};

const upload = (fileName: string, body: Uint8Array<ArrayBuffer>): Promise<Response> =>
  call("POST", `/documents?fileName=${encodeURIComponent(fileName)}`, {
    token,
    body,
    headers: { "Content-Type": "application/octet-stream" },
  });

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "utf8"));
const fixture = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url)));

async function textOf(fileName: string, body: Uint8Array<ArrayBuffer>): Promise<Uploaded> {
  const answer = await upload(fileName, body);
  expect(answer.status, await answer.clone().text()).toBe(201);
  return json<Uploaded>(answer);
}

/** A refusal in words, in bounded time, that leaves nothing behind. */
async function refusal(fileName: string, body: Uint8Array<ArrayBuffer>): Promise<string> {
  const start = performance.now();
  const { detail } = await expectProblem(await upload(fileName, body), 422);
  expect(performance.now() - start).toBeLessThan(35_000);
  return detail;
}

const DOCX_TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

/** A Word document whose text is so many spaces long when it is inflated, and says that it is `declared` long. */
function bomb(size: number, declared: number): Uint8Array<ArrayBuffer> {
  const packed = zlib.deflateRawSync(Buffer.alloc(size, 32));
  const zip = zipSync(
    { "[Content_Types].xml": strToU8(DOCX_TYPES), "word/document.xml": [packed, { level: 0 }] },
    { level: 0 },
  );
  const view = new DataView(zip.buffer);
  // Stored bytes become packed ones: in the entry's own header and in the directory at the end.
  for (let at = 0; at < zip.length - 46; at += 1) {
    const [method, length] = view.getUint32(at, true) === 0x04034b50 ? [8, 22] : [10, 24];
    const isEntry = method === 8 || view.getUint32(at, true) === 0x02014b50;
    if (!isEntry || view.getUint32(at + length, true) !== packed.length) continue;
    view.setUint16(at + method, 8, true);
    view.setUint32(at + length, declared, true);
  }
  return new Uint8Array(zip);
}

/** A PDF of so many empty pages, which all are the same object. */
function manyPages(count: number): Uint8Array<ArrayBuffer> {
  const kids = Array.from({ length: count }, () => "3 0 R").join(" ");
  const objects = [
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
    `2 0 obj<</Type/Pages/Count ${count}/Kids[${kids}]>>endobj\n`,
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n",
  ];
  let at = "%PDF-1.4\n".length;
  const places = objects.map((one) => (at += one.length) - one.length);
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  return bytes(
    `%PDF-1.4\n${objects.join("")}xref\n0 4\n0000000000 65535 f \n${table}trailer<</Size 4/Root 1 0 R>>\nstartxref\n${at}\n%%EOF`,
  );
}

describe("files of other programs yield their text in reading order", () => {
  it.each([
    ["chromium.pdf", 2],
    ["libreoffice.pdf", 2],
    ["libreoffice.docx", null],
  ] as const)("%s", async (name, pages) => {
    const found = await textOf(name, fixture(name));
    const flat = found.text.replaceAll(/[ \n]+/g, " ");
    expect(flat).toMatch(/^Statement on the responsibility to protect Mr\. President, my delegation aligns itself/);
    expect(flat).toMatch(/I thank you\.$/);
    expect(found.text.split(/\n\s*\n/)).toHaveLength(5);
    expect(found.pages).toBe(pages);
    expect(found.text.split("\f")).toHaveLength(pages ?? 1);
    expect(found.language).toBe("en");
  });

  it("Arabic and Chinese from a PDF, in letters and not in their shapes", async () => {
    const arabic = await textOf("ar.pdf", fixture("arabic-chromium.pdf"));
    expect(arabic.text).toContain("يؤيد وفد بلادي مسؤولية الحماية");
    expect(arabic.language).toBe("ar");
    expect(arabic.notes[0]).toContain("Arabic");
    const chinese = await textOf("zh.pdf", fixture("chinese-chromium.pdf"));
    expect(chinese.text.replaceAll("\n", "")).toContain("主席先生，我国代表团支持保护责任");
    expect(chinese.language).toBe("zh");
  });

  it("a web page gives its words alone, and is never run", async () => {
    const page = `<!doctype html><title>Title</title><style>p{}</style><script>alert(1)</script><p>We &amp; you<br>agree.</p>
      <svg onload="alert(1)"><text>drawn</text></svg><div hidden>secret</div><ul><li>One</li><li>Two</li></ul>`;
    const found = await textOf("page.html", bytes(page));
    expect(found.text).toBe("We & you\nagree.\n\nOne\n\nTwo");
    const kept = await call("GET", `/documents/${found.id}`, { token });
    expect(kept.headers.get("content-type")).toBe("application/octet-stream");
    expect(kept.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(kept.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await kept.arrayBuffer()).equals(Buffer.from(page))).toBe(true);
    expect(found.sha256).toBe(createHash("sha256").update(page).digest("hex"));
  });

  it("plain text in UTF-8 and UTF-16; other encodings are refused in words", async () => {
    expect((await textOf("a.txt", bytes("\ufeffÉtat\r\n\r\n\r\ndeux  "))).text).toBe("État\n\ndeux");
    const utf16 = new Uint8Array(Buffer.from("\ufeffMessage à tous", "utf16le"));
    expect((await textOf("b.txt", utf16)).text).toBe("Message à tous");
    expect(await refusal("c.txt", new Uint8Array([0xc9, 0x74, 0x61, 0x74, 0x20, 0xe9]))).toContain("UTF-8");
  });

  it("the same bytes are kept once", async () => {
    const [first, second] = [
      await textOf("one.txt", bytes("Same words.")),
      await textOf("two.txt", bytes("Same words.")),
    ];
    expect(second.id).toBe(first.id);
    const events = await database.sql("select from audit_event where subject_id = $1", [first.id]);
    expect(events).toHaveLength(1);
  });
});

describe("hostile files", () => {
  it("a file that lies about its type", async () => {
    expect(await refusal("statement.pdf", bytes("<!doctype html><p>Hello</p>"))).toContain("By its name");
    expect(await refusal("statement.txt", fixture("chromium.pdf"))).toContain("By its name");
    expect(await refusal("x.docx", new Uint8Array(zipSync({ "a.txt": strToU8("x") })))).toContain("Upload a PDF");
    expect(
      await refusal("x.svg", bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')),
    ).toContain("XML");
    expect(
      await refusal("x.pdf", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])),
    ).toMatch(/text/);
    expect(await refusal("x.txt", bytes("a\u0000b\u0001"))).toContain("not a text");
    expect(await refusal("x.pdf", bytes("%PDF-1.7\nnothing"))).toContain("damaged");
  });

  it("a document that inflates to far more than it is, with a directory that says so or lies", async () => {
    const size = 80 * 1024 * 1024;
    for (const declared of [size, 1000]) {
      const file = bomb(size, declared);
      expect(file.length).toBeLessThan(1024 * 1024);
      expect(await refusal("bomb.docx", file)).toContain("64 MB");
    }
  });

  it("a PDF of 10,000 pages, a PDF without text, a deep page", async () => {
    expect(await refusal("pages.pdf", manyPages(10_000))).toContain("10,000 pages");
    expect(await refusal("scan.pdf", manyPages(2))).toContain("holds no text");
    expect((await textOf("deep.html", bytes(`<html><body>${"<div>".repeat(2000)}deep`))).text).toBe("deep");
  });

  it("more than 25 MB, a body that is cut, an encoded body", async () => {
    await expectProblem(await upload("large.txt", new Uint8Array(25 * 1024 * 1024 + 1).fill(97)), 413);
    const body = bytes("Cut off.");
    const cut = { "Content-Type": "application/octet-stream", "Content-Length": "20" };
    await expectProblem(await call("POST", "/documents?fileName=a.txt", { token, body, headers: cut }), 400);
    const packed = new Uint8Array(zlib.gzipSync(body));
    const encoded = { "Content-Type": "application/octet-stream", "Content-Encoding": "gzip" };
    await expectProblem(
      await call("POST", "/documents?fileName=a.txt", { token, body: packed, headers: encoded }),
      415,
    );
    const viewer = await tokenFor({ role: "viewer" });
    await expectProblem(await call("POST", "/documents?fileName=a.txt", { token: viewer, body }), 403);
  });
});
