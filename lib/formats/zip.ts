import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate } from "fflate";

/** An archive of a few small parts, made by a library as a whole. */
export type Shell = { parts: Record<string, Uint8Array> };

export function openShell(archive: Uint8Array): Shell {
  return { parts: unzipSync(archive) };
}

/** The text of a part that the shell must have. */
export function textOf({ parts }: Shell, name: string): string {
  const part = parts[name];
  if (!part) throw new Error(`The archive has no part ${name}.`);
  return strFromU8(part);
}

/**
 * The same archive with another content of one part, which is compressed while it is made: a table of any length needs
 * no more memory than one portion of its rows.
 */
export function* withContent(shell: Shell, name: string, content: Iterable<string>): Generator<Uint8Array> {
  let done: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    done.push(bytes);
  });
  const written = (): Uint8Array => {
    const bytes = Buffer.concat(done);
    done = [];
    return bytes;
  };
  for (const [part, bytes] of Object.entries(shell.parts)) {
    const entry = new ZipDeflate(part);
    zip.add(entry);
    if (part === name) {
      for (const text of content) {
        entry.push(strToU8(text));
        yield written();
      }
      entry.push(new Uint8Array(), true);
    } else entry.push(bytes, true);
  }
  zip.end();
  yield written();
}
