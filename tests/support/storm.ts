import { randomUUID } from "node:crypto";
import { auditFaults } from "@/scripts/audit-chain";
import { withClient } from "@/scripts/db";

/** What came of one write: `unknown` when no answer came, so that it may or may not have happened. */
type Outcome = "acknowledged" | "refused" | "unknown";
type Tried = { key: string; path: string; outcome: Outcome; id: string | null; status: number | null };

const SPEAKERS = ["DNK", "NOR", "SWE", "FIN", "ISL", "EST", "LVA", "LTU"];

/** Everything that must be nought when a storm of writes is over, whatever was killed in it. */
export type Damage = {
  /** Answered with 201 and not there. */
  lost: number;
  /** There more than once. */
  doubled: number;
  /** Refused in words and there all the same. */
  despite: number;
  /** Statements without the event of their recording. */
  silent: number;
  /** Events of statements that do not exist. */
  invented: number;
  /** Faults of the chain over the events. */
  chain: number;
};
export const NO_DAMAGE: Damage = { lost: 0, doubled: 0, despite: 0, silent: 0, invented: 0, chain: 0 };

async function record(url: string, token: string, path: string, key: string): Promise<Response> {
  const speaker = SPEAKERS[key.length % SPEAKERS.length];
  return fetch(`${url}${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify({ speaker, note: key }),
    signal: AbortSignal.timeout(20_000),
  });
}

async function attempt(url: string, token: string, path: string, key: string): Promise<Tried> {
  try {
    const response = await record(url, token, path, key);
    const { id = null } = (await response.json()) as { id?: string };
    const { status } = response;
    return { key, path, outcome: status === 201 ? "acknowledged" : status === 503 ? "unknown" : "refused", id, status };
  } catch {
    return { key, path, outcome: "unknown", id: null, status: null };
  }
}

/** Writers that record statements over the API, each as fast as answers come, until they are told to stop. */
export type Storm = { tried: Tried[]; acknowledged(): number; stop(): Promise<void> };

/** Begins a storm of `writers` on the dialogues of these slugs. Each write has a key of its own, which is also its note. */
export function storm(url: string, token: string, slugs: string[], writers = 8): Storm {
  const tried: Tried[] = [];
  let over = false;
  const write = async (writer: number): Promise<void> => {
    const path = `/api/v1/dialogues/${slugs[writer % slugs.length]}/statements`;
    while (!over) {
      const result = await attempt(url, token, path, randomUUID());
      tried.push(result);
      // Nobody listens: what follows would be refused a thousand times a second.
      if (result.outcome === "unknown") await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const running = Promise.all(Array.from({ length: writers }, (_, index) => write(index)));
  return {
    tried,
    acknowledged: () => tried.filter(({ outcome }) => outcome === "acknowledged").length,
    stop: async () => {
      over = true;
      await running;
    },
  };
}

/** Sends every write of unknown outcome again with its key, as clients do. Returns how many had happened before. */
export async function sendAgain(url: string, token: string, tried: Tried[], ownerUrl: string): Promise<number> {
  let happened = 0;
  for (const one of tried.filter(({ outcome }) => outcome === "unknown")) {
    const before = await idOf(ownerUrl, one.key);
    const again = await attempt(url, token, one.path, one.key);
    if (again.outcome !== "acknowledged") throw new Error(`A repeat was answered ${again.status}.`);
    if (before !== null && again.id !== before) throw new Error("A repeat got another record than the first try made.");
    if (before !== null) happened += 1;
    Object.assign(one, again);
  }
  return happened;
}

async function idOf(ownerUrl: string, key: string): Promise<string | null> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query<{ id: string }>("select id from statement where note = $1", [key]),
  );
  return rows[0]?.id ?? null;
}

/** Compares what was answered with what is in the database. */
export async function damageAfter(ownerUrl: string, tried: Tried[]): Promise<Damage> {
  const { rows } = await withClient(ownerUrl, (client) =>
    client.query<{ id: string; note: string; events: number }>(
      `select s.id, s.note, (select count(*)::int from audit_event e
          where e.subject_id = s.id and e.type = 'statement.recorded' and e.after->>'note' = s.note) as events
       from statement s`,
    ),
  );
  const { rows: invented } = await withClient(ownerUrl, (client) =>
    client.query<{ count: number }>(
      `select count(*)::int as count from audit_event e
       where e.subject_type = 'statement' and not exists (select from statement s where s.id = e.subject_id)`,
    ),
  );
  const ids = new Set(rows.map(({ id }) => id));
  const notes = rows.map(({ note }) => note);
  const there = new Set(notes);
  const having = (outcome: Outcome) => tried.filter((one) => one.outcome === outcome);
  return {
    lost: having("acknowledged").filter(({ id }) => id === null || !ids.has(id)).length,
    doubled: notes.length - there.size,
    despite: having("refused").filter(({ key }) => there.has(key)).length,
    silent: rows.filter(({ events }) => events !== 1).length,
    invented: invented[0]?.count ?? 0,
    chain: (await withClient(ownerUrl, auditFaults)).length,
  };
}
