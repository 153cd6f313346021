import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, inject, test } from "vitest";
import { expectNoSecrets, fingerprint } from "@/tests/support/evidence";
import { rawRequest } from "@/tests/support/raw-request";

const { url, callers, ownerUrl, log } = inject("running");
const { token, cookie } = callers.analyst;
const STATEMENTS = `${url}/api/v1/dialogues/unga-r2p-2017/statements`;
const TYPED = "canary text of a large body 4711";
const MEGABYTE = 1024 * 1024;
/** A whole JSON document behind which everything else is blank, so that one cut short would still be read. */
const LARGE = Buffer.concat([Buffer.from(`{"speaker":"DNK","note":"${TYPED}"}`), Buffer.alloc(11 * MEGABYTE, " ")]);
const api = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };

const pieces = function* (whole: Buffer): Generator<Buffer> {
  for (let at = 0; at < whole.length; at += 65_536) yield whole.subarray(at, at + 65_536);
};

async function alive(): Promise<void> {
  expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
}

describe("11 MB", () => {
  test.each([
    ["with its length", { "Content-Length": LARGE.length }, LARGE],
    ["in chunks", { "Transfer-Encoding": "chunked" }, pieces(LARGE)],
  ])("to the API %s are refused as too large, never read in part", async (_, headers, body) => {
    const before = await fingerprint(ownerUrl);
    const answer = await rawRequest("POST", STATEMENTS, { headers: { ...api, ...headers }, body });
    expect(answer.status).toBe(413);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answer.text)).toMatchObject({ status: 413, detail: "The body is larger than 1 MB." });
    expect(await fingerprint(ownerUrl)).toEqual(before);
    await alive();
  });

  const start = `--b\r\nContent-Disposition: form-data; name="note"\r\n\r\n${TYPED}`;
  const form = Buffer.concat([Buffer.from(start), Buffer.alloc(11 * MEGABYTE, "x"), Buffer.from("\r\n--b--\r\n")]);

  test.each(["/dialogues/unga-r2p-2017/statements/new", "/sign-in", "/dialogues"])(
    "to the page %s are refused before anything reads them",
    async (path) => {
      const before = await fingerprint(ownerUrl);
      const headers = { Cookie: cookie, Origin: url, "Content-Type": "multipart/form-data; boundary=b" };
      for (const [length, body, status] of [
        [{ "Content-Length": form.length }, form, 413],
        // No browser sends a form without saying how long it is.
        [{ "Transfer-Encoding": "chunked" }, pieces(form), 411],
      ] as const) {
        const answer = await rawRequest("POST", `${url}${path}`, { headers: { ...headers, ...length }, body });
        expect(answer.status).toBe(status);
        expect(answer.headers["x-content-type-options"]).toBe("nosniff");
      }
      expect(await fingerprint(ownerUrl)).toEqual(before);
      await alive();
    },
  );
});

describe("a body that ends before its Content-Length", () => {
  const whole = `{"speaker":"DNK","note":"${TYPED}"}`;

  /** Sends a head and part of a body, then says no more, or breaks the connection. Resolves with what came back. */
  function cut(how: "silence" | "break"): Promise<string> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve) => {
      let answer = "";
      const socket = net.connect(Number(port), hostname, () => {
        const head = [
          "POST /api/v1/dialogues/unga-r2p-2017/statements HTTP/1.1",
          `Host: ${hostname}:${port}`,
          `Authorization: Bearer ${token}`,
          "Content-Type: application/json",
          `Content-Length: ${whole.length + 40}`,
        ].join("\r\n");
        socket.write(`${head}\r\n\r\n${whole}`);
        if (how === "silence") socket.end();
        else setTimeout(() => socket.destroy(), 100);
      });
      socket.on("data", (chunk) => (answer += String(chunk)));
      socket.on("error", () => {}).on("close", () => resolve(answer));
    });
  }

  test.each(["silence", "break"] as const)("by %s writes nothing", async (how) => {
    const before = await fingerprint(ownerUrl);
    const answer = await cut(how);
    expect(answer === "" || answer.startsWith("HTTP/1.1 400 ")).toBe(true);
    await sleep(200);
    expect(await fingerprint(ownerUrl)).toEqual(before);
    await alive();
  });
});

test("the log tells nobody's secrets, nor what was sent", () => expectNoSecrets(log, callers, [TYPED]));
