import "server-only";
import { cookies } from "next/headers";
import { sealSession, SESSION_SECONDS, sessionCookie, type SessionKey } from "@/lib/auth/session";

/** Gives this browser a session: the same cookie that next-auth's own endpoint sets. For server actions. */
export async function keepSession(key: SessionKey): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, await sealSession(key), { ...options, maxAge: SESSION_SECONDS });
}

/** Takes the session cookie away. A cookie with the `__Host-` prefix goes only with the attributes that it came with. */
export async function dropSession(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}
