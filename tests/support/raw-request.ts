import http from "node:http";
import { Readable } from "node:stream";

export type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; text: string };

type Sent = {
  headers?: Record<string, string | number>;
  /** Sent as it is; a stream goes in chunks, without its length. */
  body?: string | Buffer | Iterable<Buffer>;
};

/**
 * One request with exactly these headers, also those that fetch does not let one choose. An answer counts although the server
 * closed the connection before it had taken the whole body.
 */
export function rawRequest(method: string, url: string, { headers = {}, body }: Sent = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      const done = () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString("utf8"),
        });
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("end", done)
        .on("error", done);
    });
    request.on("error", (error) => {
      if (!answered) reject(error);
    });
    if (body === undefined || typeof body === "string" || Buffer.isBuffer(body)) request.end(body);
    else Readable.from(body).pipe(request);
  });
}
