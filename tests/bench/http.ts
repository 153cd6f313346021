import http from "node:http";

export type Answer = { status: number; body: Buffer; headers: http.IncomingHttpHeaders };

/** Sends requests over connections that are kept, as browsers and clients keep theirs. */
export class Client {
  readonly #agent: http.Agent;
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, headers: Record<string, string>, connections = 1) {
    this.#url = url;
    this.#headers = headers;
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  /** One request, its whole answer read. Throws when the status is not the expected one. */
  send(method: string, path: string, expected: number, body?: unknown): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      ...this.#headers,
      ...(payload === undefined
        ? {}
        : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(payload) }),
    };
    return new Promise((resolve, reject) => {
      const request = http.request(`${this.#url}${path}`, { method, headers, agent: this.#agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const answer = { status: response.statusCode ?? 0, body: Buffer.concat(chunks), headers: response.headers };
          if (answer.status === expected) resolve(answer);
          else
            reject(new Error(`${method} ${path} answered ${answer.status}: ${answer.body.toString().slice(0, 300)}`));
        });
      });
      request.on("error", reject);
      request.end(payload);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
