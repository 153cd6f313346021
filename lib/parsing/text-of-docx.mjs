import zlib from "node:zlib";
import { strToU8, zipSync } from "fflate";
import mammoth from "mammoth";
import { Refused } from "./refused.mjs";

/** Bytes that the parts of a document may have when they are inflated. Pictures are not looked at. */
const MOST_INFLATED = 64 * 1024 * 1024;
const MOST_PARTS = 2000;
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;

/**
 * The text of a Word document, a blank line between paragraphs. A document knows no pages before it is printed.
 * @param {Buffer} bytes
 */
export async function textOfDocx(bytes) {
  // Mammoth gets only the parts with text, inflated under our eyes: what the directory says of their size may be a lie.
  const buffer = Buffer.from(zipSync(partsOf(bytes), { level: 0 }));
  const { value } = await mammoth.extractRawText({ buffer });
  return { text: value, pages: null, notes: [] };
}

/**
 * @param {Buffer} zip
 * @returns {Record<string, Uint8Array>}
 */
function partsOf(zip) {
  /** @type {Record<string, Uint8Array>} */
  const parts = {};
  let left = MOST_INFLATED;
  for (const { name, method, offset, compressed } of entriesOf(zip)) {
    if (!/\.(?:xml|rels)$/i.test(name)) continue;
    const data = dataAt(zip, offset, compressed);
    const part = method === 0 ? data : inflate(data, left);
    left -= part.length;
    if (left < 0) throw tooLarge();
    parts[name] = part;
  }
  return Object.keys(parts).length > 0 ? parts : { "empty.xml": strToU8("") };
}

function tooLarge() {
  return new Refused("Unpacked, this document is larger than 64 MB of text, which no statement is. It was not read.");
}

/**
 * @param {Buffer} data
 * @param {number} most
 */
function inflate(data, most) {
  try {
    return zlib.inflateRawSync(data, { maxOutputLength: Math.max(most, 1) });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new Refused("This document is damaged.");
  }
}

/**
 * The directory at the end of a ZIP file (APPNOTE.TXT, section 4.3.12).
 * @param {Buffer} zip
 */
function entriesOf(zip) {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw new Refused("This document is damaged.");
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_PARTS) throw new Refused(`This document has more than ${MOST_PARTS} parts.`);
  const entries = [];
  let at = zip.readUInt32LE(end + 16);
  let declared = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== DIRECTORY) throw new Refused("This document is damaged.");
    const length = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + length);
    const isText = /\.(?:xml|rels)$/i.test(name);
    declared += isText ? zip.readUInt32LE(at + 24) : 0;
    entries.push({
      name,
      method: zip.readUInt16LE(at + 10),
      compressed: zip.readUInt32LE(at + 20),
      offset: zip.readUInt32LE(at + 42),
    });
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  if (declared > MOST_INFLATED) throw tooLarge();
  return entries;
}

/**
 * @param {Buffer} zip
 * @param {number} offset of the entry's own header
 * @param {number} length
 */
function dataAt(zip, offset, length) {
  if (offset + 30 > zip.length) throw new Refused("This document is damaged.");
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  if (start + length > zip.length) throw new Refused("This document is damaged.");
  return zip.subarray(start, start + length);
}
