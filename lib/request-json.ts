import "server-only";
import { DomainError, type Issue } from "@/lib/errors";
import { unstorable } from "@/lib/input";
import { HttpRefusal } from "@/lib/problem";

/** Most bytes of a JSON body. */
const BODY_LIMIT = 1024 * 1024;
/** Deeper than any input of ours; bounds every walk over a body. */
const DEEPEST = 32;
const MOST_ISSUES = 20;

function tooLarge(limit: number): DomainError {
  return new DomainError({ code: "TOO_LARGE", message: `The body is larger than ${limit / 1024 / 1024} MB.` });
}

/** The length that the sender announced, or null. A number that is none is refused by the server before us. */
function announcedLength(request: Request): number | null {
  const header = request.headers.get("content-length");
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

async function readBytes(
  body: ReadableStream<Uint8Array>,
  announced: number | null,
  limit: number,
): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.byteLength;
      if (length > limit) throw tooLarge(limit);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    // The connection ended in the middle of the body.
    throw new HttpRefusal(400, "The body ended too early.");
  }
  // Something on the way cut the body and passed it on as if it were whole.
  if (announced !== null && length !== announced)
    throw new HttpRefusal(400, "The body is not as long as Content-Length says.");
  return Buffer.concat(chunks);
}

/**
 * Reads the body of a request as it is, counting what comes in. Throws TOO_LARGE over `limit` bytes, UNSUPPORTED for an encoded
 * body, HttpRefusal 400 when it is cut or not as long as Content-Length says.
 */
export async function readFile(request: Request, limit: number): Promise<Buffer<ArrayBuffer>> {
  const announced = announcedLength(request);
  if (announced !== null && announced > limit) throw tooLarge(limit);
  refuseEncoded(request);
  return request.body && announced !== 0 ? readBytes(request.body, announced, limit) : Buffer.alloc(0);
}

function refuseEncoded(request: Request): void {
  const encoding = request.headers.get("content-encoding");
  // Bodies are never decoded: a small one could become a large one.
  if (encoding !== null && encoding.trim().toLowerCase() !== "identity") {
    throw new DomainError({ code: "UNSUPPORTED", message: "Send the body without Content-Encoding." });
  }
}

function refuseOtherContent(request: Request): void {
  refuseEncoded(request);
  const type = (request.headers.get("content-type") ?? "").toLowerCase().replace(/\s/g, "");
  if (!/^application\/json(;charset="?utf-8"?)?;?$/.test(type)) {
    throw new DomainError({ code: "UNSUPPORTED", message: "Send the body as application/json in UTF-8." });
  }
}

function wrongKey(key: string): string | null {
  // As an own field it is nothing that any input of ours has; as a prototype it would be dangerous.
  if (key === "__proto__") return 'There is no field "__proto__".';
  return unstorable(key);
}

function walk(value: unknown, path: string[], issues: Issue[]): void {
  if (issues.length >= MOST_ISSUES) return;
  if (typeof value === "string") {
    const message = unstorable(value);
    if (message) issues.push({ path, message });
    return;
  }
  if (typeof value !== "object" || value === null) return;
  if (path.length >= DEEPEST) {
    issues.push({ path: path.slice(0, 3), message: `Nested deeper than ${DEEPEST} levels.` });
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const message = wrongKey(key);
    if (message) issues.push({ path: [...path, key.replaceAll("\u0000", "\\0").toWellFormed()], message });
    else walk(inner, [...path, key], issues);
  }
}

/** Refuses, with its path, what could not be stored and given back unchanged: NUL, lone surrogates, deep nesting, `__proto__`. */
export function refuseUnstorable(value: unknown): void {
  const issues: Issue[] = [];
  walk(value, [], issues);
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
}

/**
 * Reads the body of a request as JSON; undefined when there is none. Throws TOO_LARGE over `limit` bytes, UNSUPPORTED for another
 * content type or an encoded body, HttpRefusal 400 for what is no JSON in UTF-8 or was cut, INVALID with the path for
 * text that cannot be stored.
 */
export async function readJson(request: Request, limit = BODY_LIMIT): Promise<unknown> {
  const announced = announcedLength(request);
  if (announced !== null && announced > limit) throw tooLarge(limit);
  if (!request.body || announced === 0) return undefined;
  refuseOtherContent(request);
  const bytes = await readBytes(request.body, announced, limit);
  if (bytes.length === 0) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new HttpRefusal(400, "The body is not JSON in UTF-8.");
  }
  refuseUnstorable(value);
  return value;
}
