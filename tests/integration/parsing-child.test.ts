import net from "node:net";
import type { AddressInfo } from "node:net";
import { expect, it, vi } from "vitest";
import { runInChild } from "@/lib/parsing/run-in-child";

// A process of its own is slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

type Tried = { tried: number; went: string[]; environment: string[] };

it("a parser that tries to reach the network, another process or a file of ours is refused each way, and knows no secret", async () => {
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { tried, went, environment } = await runInChild<Tried>(
    "../../tests/fixtures/parsers/connecting.mjs",
    Buffer.from("x"),
    { options: { port } },
  );
  server.close();
  expect(tried).toBeGreaterThan(20);
  expect(went).toEqual([]);
  expect(environment).toEqual(["NODE_ENV"]);
  expect(connections).toBe(0);
});
