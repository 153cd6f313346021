import net from "node:net";
import { once } from "node:events";

/**
 * What the line does: `pass`; `refuse` new connections and break those there are; `silent`: accept, and carry nothing either way;
 * `cut answers`: carry requests, and break the connection at the first byte that comes back; `cut commits`: the same, but only
 * behind a COMMIT; `late copies`: what says that a COPY is complete comes a moment after its rows.
 */
export type LineState = "pass" | "refuse" | "silent" | "cut answers" | "cut commits" | "late copies";

export type TcpProxy = { port: number; state(next: LineState): void; close(): Promise<void> };

/** Bytes of a message of Postgres before its text: its kind and its length. */
const HEADER = 5;
/** Milliseconds. */
const MOMENT = 20;

/** A line to a port of this machine that can be broken in the ways in which lines break. */
export async function tcpProxy(target: number): Promise<TcpProxy> {
  let state: LineState = "pass";
  const pairs = new Set<[net.Socket, net.Socket]>();
  const server = net.createServer((near) => {
    if (state === "refuse") return near.resetAndDestroy();
    const far = net.connect(target, "127.0.0.1");
    const pair: [net.Socket, net.Socket] = [near, far];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    let committing = false;
    near.on("data", (chunk: Buffer) => {
      committing = state === "cut commits" && chunk.includes("COMMIT");
      if (state !== "silent") far.write(chunk);
    });
    far.on("data", (chunk: Buffer) => {
      const complete = state === "late copies" ? chunk.indexOf("COPY ") - HEADER : -1;
      if (complete >= 0) {
        near.write(chunk.subarray(0, complete));
        far.pause();
        setTimeout(() => {
          near.write(chunk.subarray(complete));
          far.resume();
        }, MOMENT);
      } else if (state === "cut answers" || committing) near.resetAndDestroy();
      else if (state !== "silent") near.write(chunk);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const breakAll = () => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  return {
    port: (server.address() as net.AddressInfo).port,
    state: (next) => {
      state = next;
      if (next === "refuse") breakAll();
    },
    close: async () => {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
