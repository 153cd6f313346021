/** What the process that serves knows and the health routes ask. */
export type Serving = {
  /** It is about to stop: balancers should send nobody here any more. */
  draining: boolean;
  /** Migrations that this version of the code needs; empty outside of the product's own server. */
  migrations: string[];
};

const shared = globalThis as typeof globalThis & { rostrumServing?: Serving };

/** One object for the whole process: scripts/serve.ts writes it, and Next bundles this module apart from that file. */
export const serving: Serving = (shared.rostrumServing ??= { draining: false, migrations: [] });
