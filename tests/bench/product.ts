import { rm } from "node:fs/promises";
import pg from "pg";
import { runningPostgres } from "@/scripts/postgres";
import { ACCOUNTS } from "../support/accounts";
import { freePort } from "../support/free-port";
import { admin, dataFolder, startProduct, type Product } from "../support/product";

/** A product of its own for one run, with its database flushing to disk as in earnest. */
export type Bench = {
  product: Product;
  /** As the owner of the tables, beside the product: for the floors and for making data. */
  pool: pg.Pool;
  /** Asks the API; throws unless it answers 2xx. */
  api: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Fetches a page or file as a signed-in reader, to its last byte. */
  read: (path: string) => Promise<string>;
  close: () => Promise<void>;
};

/** Starts the product on an empty folder, with the record loaded. */
export async function openBench(): Promise<Bench> {
  const { folder } = await dataFolder();
  const { email, password } = ACCOUNTS.admin;
  const product = await startProduct({
    DATA_DIR: folder,
    PORT: String(await freePort()),
    ADMIN_EMAIL: email,
    ADMIN_PASSWORD: password,
    LOG_LEVEL: "silent",
  });
  const token = await admin(product.env, ["token", "create", "--email", email, "--scope", "write"]);
  const postgres = runningPostgres(folder);
  if (!postgres) throw new Error("The product has no embedded Postgres.");
  const pool = new pg.Pool({ connectionString: postgres.ownerUrl, max: 16 });
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const cookie = await signedIn(product.url, email, password);

  return {
    product,
    pool,
    async api(method, path, body) {
      const response = await fetch(`${product.url}/api/v1${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
      return answer;
    },
    async read(path) {
      const response = await fetch(product.url + path, { headers: { Cookie: cookie } });
      const text = await response.text();
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return text;
    },
    async close() {
      await pool.end();
      await product.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");

/** The cookies of a signed-in browser, by next-auth's own addresses. */
async function signedIn(url: string, email: string, password: string): Promise<string> {
  const first = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const before = cookiesOf(first);
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: before, Origin: url },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  return `${before}; ${cookiesOf(answer)}`;
}
