import "server-only";
import NextAuth, { type AuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { NextRequest } from "next/server";
import { z } from "zod";
import { currentClient, type Client } from "@/lib/auth/client";
import { samePath } from "@/lib/auth/paths";
import {
  findLiveSession,
  SESSION_SECONDS,
  sessionCookie,
  sessionKeyOf,
  type LiveSession,
  type SessionKey,
} from "@/lib/auth/session";
import { env } from "@/lib/env";
import { DomainError } from "@/lib/errors";
import { log } from "@/lib/log";
import { HttpRefusal, problem } from "@/lib/problem";

/** What signing in and out do; the accounts' own code, which this module may not know. */
export type AuthWork = {
  /** Throws the DomainError that refuses the sign-in. */
  signIn: (credentials: { email: string; password: string }, client: Client) => Promise<SignedIn>;
  /** Ends the session whose cookie the request carries. */
  signOut: () => Promise<void>;
};
type SignedIn = { key: SessionKey; user: { id: string; name: string; email: string } };

type Context = { params: Promise<{ nextauth: string[] }> };

const ADDRESSES: Record<string, readonly string[]> = {
  GET: ["csrf", "session", "providers", "signin", "signout", "error"],
  POST: ["callback/credentials", "session", "signout"],
};

/** A sign-in is a few hundred bytes; nobody without a session may send more. */
const LARGEST_BODY = 16 * 1024;

const credentialsSchema = z.object({ email: z.string(), password: z.string() });

/** What one request to next-auth came to: it turns every error into a redirect, and we answer some of them ourselves. */
type Outcome = { refusal: unknown; live: LiveSession | null };

function optionsFor({ signIn, signOut }: AuthWork, outcome: Outcome): AuthOptions {
  const secure = env().APP_URL.startsWith("https:");

  async function noting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      outcome.refusal = error;
      throw error;
    }
  }

  return {
    secret: env().AUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    useSecureCookies: secure,
    cookies: { sessionToken: sessionCookie() },
    logger: {
      // Its metadata holds tokens and what users sent: only the name of the event is kept.
      error: (code) => log.warn({ event: "next_auth.error", code }),
      warn: (code) => log.debug({ event: "next_auth.warning", code }),
      debug: () => {},
    },
    providers: [
      CredentialsProvider({
        name: "E-mail and password",
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        authorize: async (sent) => {
          const credentials = credentialsSchema.safeParse(sent);
          if (!credentials.success) return null;
          try {
            const { key, user } = await signIn(credentials.data, await currentClient());
            return { ...user, key };
          } catch (error) {
            // Null is next-auth's word for a wrong password; whatever says more is answered by `authEndpoint`.
            if (answersItself(error)) outcome.refusal = error;
            return null;
          }
        },
      }),
    ],
    callbacks: {
      redirect: async ({ url }) => new URL(pathOf(url), env().APP_URL).href,
      // The cookie carries a key and nothing else: every name and role is read from the database.
      jwt: async ({ token, user }) => {
        const key = user && "key" in user ? (user.key as SessionKey) : sessionKeyOf(token);
        if (!user) outcome.live = key && (await noting(() => findLiveSession(key)));
        if (!key || (!user && !outcome.live)) throw new Error("This session has ended.");
        return { sid: key.id, key: key.secret };
      },
      session: async ({ session }) => {
        const { live } = outcome;
        if (!live) return session;
        const { userName: name, email, role, expiresAt } = live;
        return { user: { name, email, role }, expires: expiresAt.toISOString() };
      },
    },
    events: { signOut: () => noting(signOut) },
  };
}

/** The path of this site that a callback address names: relative, or absolute on APP_URL. */
function pathOf(url: unknown): string {
  const text = typeof url === "string" ? url : "";
  const { APP_URL } = env();
  return samePath(text.startsWith(`${APP_URL}/`) ? text.slice(APP_URL.length) : text);
}

/** next-auth takes its origin from this variable, and from headers that a sender writes where it is not set. */
function pinOrigin(): void {
  // oxlint-disable-next-line node/no-process-env -- there is no option for it
  process.env.NEXTAUTH_URL = env().APP_URL;
}

function refuseOthers(request: NextRequest, path: string): void {
  if (!ADDRESSES[request.method]?.includes(path))
    throw new DomainError({ code: "NOT_FOUND", message: "There is nothing at this address." });
  if (request.method !== "POST") return;
  const length = Number(request.headers.get("content-length") ?? "NaN");
  if (!(length <= LARGEST_BODY))
    throw new DomainError({ code: "TOO_LARGE", message: "The body is too large, or does not say its length." });
}

/** Refusals that say more than "wrong": the others go the way that next-auth's clients expect. */
function answersItself(refusal: unknown): boolean {
  return !(refusal instanceof DomainError) || refusal.code === "TOO_MANY" || refusal.code === "UNAVAILABLE";
}

/**
 * next-auth's standard addresses under /api/auth (csrf, session, callback/credentials, signout) over our own sessions.
 * A throttled sign-in is 429 and a database that does not answer 503, both as application/problem+json.
 */
export function authEndpoint(work: AuthWork) {
  return async (request: NextRequest, context: Context): Promise<Response> => {
    try {
      const path = (await context.params).nextauth.join("/");
      refuseOthers(request, path);
      pinOrigin();
      const outcome: Outcome = { refusal: null, live: null };
      const response: Response = await NextAuth(request, context, optionsFor(work, outcome));
      if (outcome.refusal) return problem(outcome.refusal);
      response.headers.set("Cache-Control", "no-store");
      return response;
    } catch (error) {
      return problem(error instanceof SyntaxError ? new HttpRefusal(400, "The body is not JSON in UTF-8.") : error);
    }
  };
}
