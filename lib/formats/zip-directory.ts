import fs from "node:fs/promises";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { FileProblem } from "@/lib/formats/table-limits";

/** One part of an archive, as its directory names it. */
export type ZipPart = {
  name: string;
  method: number;
  encrypted: boolean;
  packed: number;
  size: number;
  offset: number;
};

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_PARTS = 2000;
const BROKEN = "The workbook is damaged: its archive cannot be read. Save it again.";

/** The parts of a ZIP archive, from its directory at the end; nothing is inflated. Archives that need ZIP64 are too large anyway. */
export async function zipDirectory(file: string): Promise<ZipPart[]> {
  const handle = await fs.open(file);
  try {
    const { size } = await handle.stat();
    const tail = Buffer.alloc(Math.min(size, 65_557));
    await handle.read(tail, 0, tail.length, size - tail.length);
    let end = tail.length - 22;
    while (end >= 0 && tail.readUInt32LE(end) !== END) end -= 1;
    if (end < 0) throw new FileProblem(BROKEN);
    const [count, length, start] = [
      tail.readUInt16LE(end + 10),
      tail.readUInt32LE(end + 12),
      tail.readUInt32LE(end + 16),
    ];
    if (count > MOST_PARTS || start + length > size) throw new FileProblem(BROKEN);
    const directory = Buffer.alloc(length);
    await handle.read(directory, 0, length, start);
    const parts: ZipPart[] = [];
    for (let at = 0; parts.length < count;) {
      if (at + 46 > length || directory.readUInt32LE(at) !== ENTRY) throw new FileProblem(BROKEN);
      const name = directory.toString("utf8", at + 46, at + 46 + directory.readUInt16LE(at + 28));
      parts.push({
        name,
        encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
        method: directory.readUInt16LE(at + 10),
        packed: directory.readUInt32LE(at + 20),
        size: directory.readUInt32LE(at + 24),
        offset: directory.readUInt32LE(at + 42),
      });
      at += 46 + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return parts;
  } finally {
    await handle.close();
  }
}

/**
 * Inflates one part in small pieces, none of which is kept. Throws when it holds more than the directory says: then the sizes
 * of the directory mean nothing.
 */
export async function eachPiece(file: string, part: ZipPart, see: (piece: Buffer) => void): Promise<void> {
  const local = Buffer.alloc(30);
  const handle = await fs.open(file);
  try {
    await handle.read(local, 0, 30, part.offset);
  } finally {
    await handle.close();
  }
  if (local.readUInt32LE(0) !== LOCAL || (part.method !== 0 && part.method !== 8)) throw new FileProblem(BROKEN);
  const start = part.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (part.packed === 0) return;
  let size = 0;
  const count = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      size += piece.length;
      if (size > part.size)
        throw new FileProblem("The workbook is no honest archive: a part is larger than its directory says.");
      see(piece);
    }
    yield* [];
  };
  const bytes = createReadStream(file, { start, end: start + part.packed - 1 });
  try {
    await (part.method === 8 ? pipeline(bytes, createInflateRaw(), count) : pipeline(bytes, count));
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem(BROKEN);
  }
}
