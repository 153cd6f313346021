import "server-only";
import { unforeseen } from "@/lib/action";
import { DomainError } from "@/lib/errors";
import type { ExportedFile } from "@/lib/formats/file";

const MOST_AT_ONCE = 2;
const RETRY_SECONDS = 5;
/** A client that takes nothing for so long, or is not done after so long, loses its place to another. */
const IDLE_MS = 30_000;
const LONGEST_MS = 5 * 60_000;

// Not shared between processes: it bounds the memory and the processor of this one. Next bundles each route apart.
const shared = globalThis as typeof globalThis & { rostrumExports?: { running: number } };
const exports = (shared.rostrumExports ??= { running: 0 });

/** Takes one of the places, or TOO_MANY. The answer gives it back, however often it is called. */
function takePlace(): () => void {
  if (exports.running >= MOST_AT_ONCE) {
    const message = `${MOST_AT_ONCE} exports are being made already. Try again in a few seconds.`;
    throw new DomainError({ code: "TOO_MANY", message, retryAfter: RETRY_SECONDS });
  }
  exports.running += 1;
  let held = true;
  return () => {
    if (held) exports.running -= 1;
    held = false;
  };
}

/** Other requests get their turn between two portions. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The bytes as they are asked for. `done` is called after the last, when the client goes away or stalls, and on an error. */
function streamOf(bytes: AsyncIterable<Uint8Array>, gone: AbortSignal, done: () => void): ReadableStream<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  const limit = AbortSignal.any([gone, AbortSignal.timeout(LONGEST_MS)]);
  let idle: NodeJS.Timeout | undefined;
  let over = false;

  function end(): void {
    over = true;
    clearTimeout(idle);
    limit.removeEventListener("abort", giveUp);
    void iterator.return?.();
    done();
  }
  let fail: (reason: unknown) => void = () => {};
  function giveUp(): void {
    end();
    fail(limit.aborted ? limit.reason : new Error("The client does not take the file."));
  }
  function waitForClient(): void {
    idle = setTimeout(giveUp, IDLE_MS).unref();
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        fail = (reason) => controller.error(reason);
        limit.addEventListener("abort", giveUp);
        if (limit.aborted) giveUp();
        else waitForClient();
      },
      async pull(controller) {
        clearTimeout(idle);
        try {
          await turn();
          const next = await iterator.next();
          // The client may have gone meanwhile.
          if (over) return;
          if (next.done) {
            end();
            controller.close();
            return;
          }
          controller.enqueue(next.value);
          waitForClient();
        } catch (error) {
          // The status is sent: all that is left is to break off, so that nobody takes half a file for a whole one.
          unforeseen(error);
          end();
          controller.error(error);
        }
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}

/**
 * The answer that carries a file, made while it is sent: at most two at once in this process, TOO_MANY beyond. `prepare`
 * reads what the file is made from and is done with the database before the first byte leaves, so that a slow client
 * holds no connection.
 */
export async function exported(request: Request, prepare: () => Promise<ExportedFile>): Promise<Response> {
  const done = takePlace();
  try {
    const { name, media, headers, bytes } = await prepare();
    const disposition = `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`;
    return new Response(streamOf(bytes, request.signal, done), {
      headers: { "Content-Type": media, "Content-Disposition": disposition, ...headers },
    });
  } catch (error) {
    done();
    throw error;
  }
}
