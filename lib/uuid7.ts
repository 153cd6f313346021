import { randomBytes } from "node:crypto";

let last = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562), as the schema's defaults make them: rows that refer to each other get their ids before
 * they are written, so that each table is one insert. Ids of one process sort in the order in which they were made.
 */
export function uuid7(): string {
  const now = Date.now();
  // Twelve bits of counter within a millisecond; when they are used up, the next millisecond is borrowed.
  counter = now > last ? 0 : counter + 1;
  if (now > last) last = now;
  if (counter > 0xfff) {
    last += 1;
    counter = 0;
  }
  const bytes = randomBytes(16);
  bytes.writeUIntBE(last, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
