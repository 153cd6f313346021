import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import type { Role } from "@/lib/auth/permissions";
import { hashOfSecret, newSecret } from "@/lib/auth/secret";
import { newToken } from "@/lib/auth/token";
import { withClient } from "@/scripts/db";

/** An account of a running product with a write token, a read token and a signed-in browser's cookie. */
export type RunningCaller = { id: string; email: string; token: string; readToken: string; cookie: string };

/**
 * Makes an account in the database of a product that runs on http, with everything that requests need. The product seals its
 * cookies with `secret`, its AUTH_SECRET.
 */
export async function addCaller(ownerUrl: string, role: Role, secret: string): Promise<RunningCaller> {
  const [id, sid] = [randomUUID(), randomUUID()];
  const email = `${role}-${id.slice(0, 8)}@example.org`;
  const [writing, reading] = [newToken(), newToken()];
  const key = newSecret();
  await withClient(ownerUrl, async (client) => {
    await client.query(`insert into "user" (id, email, name, role) values ($1, $2, $3, $4::"Role")`, [
      id,
      email,
      `Somebody of role ${role}`,
      role,
    ]);
    for (const [scope, hash] of [
      ["write", writing.secretHash],
      ["read", reading.secretHash],
    ]) {
      await client.query(
        `insert into token (id, user_id, secret_hash, label, scope, expires_at)
         values ($1, $2, $3, 'Test', $4::"TokenScope", now() + interval '1 day')`,
        [randomUUID(), id, hash, scope],
      );
    }
    await client.query(
      "insert into session (id, user_id, secret_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')",
      [sid, id, hashOfSecret(key)],
    );
  });
  const sealed = await encode({ token: { sid, key }, secret, maxAge: 86_400 });
  return {
    id,
    email,
    token: writing.token,
    readToken: reading.token,
    cookie: `next-auth.session-token=${sealed}`,
  };
}
