import { afterEach, describe, expect, it, vi } from "vitest";
import { DomainError } from "@/lib/errors";
import { exported } from "@/lib/export";

const encoder = new TextEncoder();
const open: Response[] = [];

type Made = { made: number; ended: boolean };

/** A file of so many portions, and how much of it was made. */
function fileOf(portions: number, made: Made = { made: 0, ended: false }) {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (; made.made < portions; made.made += 1) yield encoder.encode("x".repeat(1000));
    } finally {
      made.ended = true;
    }
  }
  return { name: "some-rows.csv", media: "text/csv", bytes: bytes() };
}

async function start(portions: number, made?: Made, signal?: AbortSignal): Promise<Response> {
  const request = new Request("http://127.0.0.1/file", signal ? { signal } : {});
  const response = await exported(request, async () => fileOf(portions, made));
  open.push(response);
  return response;
}

async function refused(): Promise<DomainError> {
  const error: unknown = await start(1).catch((reason: unknown) => reason);
  if (error instanceof DomainError) return error;
  throw new Error("It was not refused.");
}

/** A file was sent as a whole again: a place was free. */
async function works(): Promise<void> {
  expect(await (await start(3)).text()).toHaveLength(3000);
}

afterEach(async () => {
  vi.useRealTimers();
  // One that is over or being read cannot be cancelled any more.
  for (const response of open.splice(0)) await response.body?.cancel().catch(() => {});
});

describe("a file on its way out", () => {
  it("has its name, type and the headers of its format", async () => {
    const prepare = async () => ({ ...fileOf(1), headers: { Link: "<x>" } });
    const response = await exported(new Request("http://127.0.0.1/"), prepare);
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "text/csv",
      "content-disposition": "attachment; filename=\"some-rows.csv\"; filename*=UTF-8''some-rows.csv",
      link: "<x>",
    });
    await response.text();
  });

  it("is made while it is read", async () => {
    const made = { made: 0, ended: false };
    const response = await start(1000, made);
    const reader = response.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(made.made).toBeLessThan(4);
    await reader?.cancel();
    expect(made.ended).toBe(true);
  });

  it("is one of two at most; the third is told when to come back", async () => {
    await start(5);
    await start(5);
    const { code, retryAfter, message } = await refused();
    expect(code).toBe("TOO_MANY");
    expect(retryAfter).toBe(5);
    expect(message).toBe("2 exports are being made already. Try again in a few seconds.");
  });

  it("leaves its place when it is sent, when its client goes away, and when it could not be made", async () => {
    for (let round = 0; round < 5; round += 1) {
      await works();
      await (await start(5)).body?.cancel();
      const failing = exported(new Request("http://127.0.0.1/"), async () => {
        throw new Error("No such dialogue");
      });
      await expect(failing).rejects.toThrow("No such dialogue");
    }
    const [one, two] = [await start(2), await start(2)];
    expect((await refused()).code).toBe("TOO_MANY");
    await Promise.all([one.text(), two.text()]);
    await works();
  });

  it("stops when the request is aborted, before or while it is sent", async () => {
    for (let round = 0; round < 3; round += 1) {
      const client = new AbortController();
      const made = { made: 0, ended: false };
      const response = await start(1000, made, client.signal);
      const reader = response.body?.getReader();
      await reader?.read();
      client.abort();
      await expect(reader?.read()).rejects.toThrow();
      expect(made).toMatchObject({ ended: true });
      const gone = await start(5, undefined, AbortSignal.abort());
      await expect(gone.text()).rejects.toThrow();
    }
    await works();
  });

  it("breaks off when it cannot be finished, so that half a file is not taken for a whole one", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield encoder.encode("x");
      throw new DomainError({ code: "CONFLICT" });
    }
    for (let round = 0; round < 3; round += 1) {
      const file = { name: "a.csv", media: "text/csv", bytes: broken() };
      const response = await exported(new Request("http://127.0.0.1/"), async () => file);
      await expect(response.text()).rejects.toThrow();
    }
    await works();
  });

  it("loses its place when nobody takes it for half a minute", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const made = { made: 0, ended: false };
    const stalled = [await start(1000, made), await start(1000)];
    await stalled[0]?.body?.getReader().read();
    for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(29_000);
    expect((await refused()).code).toBe("TOO_MANY");
    await vi.advanceTimersByTimeAsync(2000);
    await works();
    expect(made.ended).toBe(true);
  });
});
