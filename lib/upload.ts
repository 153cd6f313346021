import "server-only";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { DomainError } from "@/lib/errors";

/** A file that a form sent: where it lies until `remove`, and the form's other fields, which stand before it. */
export type Upload = {
  file: string;
  name: string;
  bytes: number;
  /** SHA-256, in hex. */
  sha256: string;
  fields: Record<string, string>;
  remove: () => Promise<void>;
};

const BEYOND_FILE = 16 * 1024;
const LONGEST_NAME = 200;

function refused(code: "TOO_LARGE" | "INVALID" | "UNSUPPORTED", message: string): DomainError {
  return new DomainError({ code, message });
}

/** What a browser calls a file: its last part, without what could not be printed. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  return (
    last
      .toWellFormed()
      .replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, "")
      .slice(-LONGEST_NAME) || "file"
  );
}

/**
 * Receives the one file of a multipart form in a folder of its own, in pieces: no more than a few kilobytes of it are ever in
 * memory. What arrives is compared with Content-Length, since what stands between may cut a body and pass it on as whole.
 * @throws DomainError TOO_LARGE over `most` bytes, INVALID for no file or a cut one, UNSUPPORTED for what is no such form
 */
export async function receiveFile(request: Request, most: number): Promise<Upload> {
  const type = request.headers.get("content-type") ?? "";
  const header = request.headers.get("content-length");
  const announced = header === null ? null : Number(header);
  if (!/^multipart\/form-data;/i.test(type) || !request.body)
    throw refused("UNSUPPORTED", "Send the file by the form.");
  const tooLarge = () => refused("TOO_LARGE", `The file is larger than ${Math.round(most / 1024 / 1024)} MB.`);
  if (announced !== null && announced > most + BEYOND_FILE) throw tooLarge();
  const folder = await mkdtemp(path.join(os.tmpdir(), "rostrum-upload-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const received = await parts(request, { type, most, file: path.join(folder, "file") });
    if (announced !== null && received.length !== announced)
      throw refused("INVALID", "The file did not arrive whole. Send it again.");
    if (received.truncated) throw tooLarge();
    if (!received.found || received.bytes === 0)
      throw refused("INVALID", received.found ? "The file is empty." : "Choose a file.");
    const { name, bytes, sha256, fields } = received;
    return { file: path.join(folder, "file"), name, bytes, sha256, fields, remove };
  } catch (error) {
    await remove();
    if (error instanceof DomainError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOSPC") {
      throw new DomainError({ code: "UNAVAILABLE", message: "There is no room for the file on the server just now." });
    }
    throw refused("INVALID", "The file did not arrive whole. Send it again.");
  }
}

async function parts(request: Request, { type, most, file }: { type: string; most: number; file: string }) {
  const received = {
    length: 0,
    found: false,
    truncated: false,
    name: "",
    bytes: 0,
    sha256: "",
    fields: {} as Record<string, string>,
  };
  const form = new Busboy({
    headers: { "content-type": type },
    limits: { fileSize: most, files: 1, fields: 10, fieldSize: 1000, parts: 12, headerPairs: 20 },
  });
  let writing: Promise<unknown> = Promise.resolve();
  form.on("field", (name, value) => {
    if (/^[a-z]{1,40}$/.test(name)) received.fields[name] = value;
  });
  form.on("file", (_field, stream, name) => {
    // A form without a choice sends a file without a name.
    received.found ||= Boolean(name);
    received.name = plainName(name ?? "");
    const hash = createHash("sha256");
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        received.bytes += chunk.length;
        hash.update(chunk);
        done(null, chunk);
      },
    });
    stream.on("limit", () => {
      received.truncated = true;
    });
    writing = pipeline(stream, counted, createWriteStream(file, { mode: 0o600 })).then(() => {
      received.sha256 = hash.digest("hex");
    });
    writing.catch((error: Error) => form.destroy(error));
  });
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received.length += chunk.length;
      done(
        received.length > most + BEYOND_FILE
          ? new DomainError({ code: "TOO_LARGE", message: "The file is too large." })
          : null,
        chunk,
      );
    },
  });
  await pipeline(Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]), measured, form);
  await writing;
  return received;
}
