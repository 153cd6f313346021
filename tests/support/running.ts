import path from "node:path";
import type { TestProject } from "vitest/node";
import { ROLES, type Role } from "@/lib/auth/permissions";
import { runningPostgres } from "@/scripts/postgres";
import { addCaller, type RunningCaller } from "./callers";
import { freePort } from "./free-port";
import { dataFolder, startProduct } from "./product";

/** What no log may hold: the password and the e-mail address of the first administrator. */
export const CANARY = { email: "canary-4711@example.org", password: "canary thistle harbour 4711" };

/** A product that runs with the record, for tests that only send it requests. */
export type Running = {
  url: string;
  pid: number;
  /** File with all that it has printed. */
  log: string;
  ownerUrl: string;
  callers: Record<Role, RunningCaller>;
};

declare module "vitest" {
  interface ProvidedContext {
    running: Running;
  }
}

const SECRET = "a secret for tests that nobody else has";

/** Vitest's global set-up of the fault tests: the product is built, and one runs for the files that do not end it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const data = await dataFolder();
  const log = path.join(data.folder, "printed.log");
  const settings = {
    DATA_DIR: path.join(data.folder, "data"),
    PORT: String(await freePort()),
    AUTH_SECRET: SECRET,
    ADMIN_EMAIL: CANARY.email,
    ADMIN_PASSWORD: CANARY.password,
    SEED: "record",
    LOG_LEVEL: "debug",
  };
  try {
    const product = await startProduct(settings, log);
    const ownerUrl = runningPostgres(settings.DATA_DIR)?.ownerUrl ?? "";
    const callers = {} as Record<Role, RunningCaller>;
    for (const role of ROLES) callers[role] = await addCaller(ownerUrl, role, SECRET);
    project.provide("running", { url: product.url, pid: product.pid, log, ownerUrl, callers });
    return async () => {
      await product.stop();
      await data.remove();
    };
  } catch (error) {
    await data.remove();
    throw error;
  }
}
