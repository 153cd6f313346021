// The chain of hashes over the audit events, which the database itself writes (see the migration `invariants`).
import type pg from "pg";

/** Faults of the chain, one sentence each and at most twenty; empty when every event is as it was recorded. */
export async function auditFaults(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ event_id: string; fault: string }>(
    "select event_id, fault from public.audit_chain_faults() limit 20",
  );
  return rows.map((row) => `audit event ${row.event_id} ${row.fault}`);
}

/** The last link of the chain, or null: kept outside the database, it shows when somebody rewrites history. */
export async function auditHead(client: pg.Client): Promise<{ position: number; hash: string } | null> {
  const { rows } = await client.query<{ position: string; hash: string }>(
    "select position, hash from public.audit_seal order by position desc limit 1",
  );
  return rows[0] ? { position: Number(rows[0].position), hash: rows[0].hash } : null;
}
