import "server-only";
import { isIPv6 } from "node:net";
import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { hashOfSecret } from "@/lib/auth/secret";
import { database } from "@/lib/database";
import { translateDatabaseError } from "@/lib/db-errors";
import { DomainError } from "@/lib/errors";
import { plural } from "@/lib/format";

const WINDOW_SECONDS = 15 * 60;
const PER_ACCOUNT_AND_ADDRESS = 10;
const PER_ADDRESS = 30;

type Limiters = { account: RateLimiterPostgres; address: RateLimiterPostgres };

// Counts live in the table "throttle"; only the statements are kept here, one set per pool.
const limiters = new WeakMap<Pool, Limiters>();

function limitersOf(pool: Pool): Limiters {
  const known = limiters.get(pool);
  if (known) return known;
  const shared = {
    storeClient: pool,
    storeType: "pool",
    tableName: "throttle",
    tableCreated: true,
    duration: WINDOW_SECONDS,
  };
  const made = {
    account: new RateLimiterPostgres({ ...shared, keyPrefix: "account", points: PER_ACCOUNT_AND_ADDRESS }),
    address: new RateLimiterPostgres({ ...shared, keyPrefix: "address", points: PER_ADDRESS }),
  };
  limiters.set(pool, made);
  return made;
}

/**
 * The part of an address that one customer of a network holds: all of IPv4, the first 64 bits of IPv6, where one
 * machine may choose any of 2^64 addresses.
 */
export function networkOf(address: string | null): string {
  if (!address) return "unknown";
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/** An attempt that was let through; call `succeeded` when the secret was right. */
export type Attempt = { succeeded(): Promise<void> };

/**
 * Counts a try to prove who one is before the proof is looked at, so that a hundred at once get no more real answers
 * than ten in a row: 10 per account and address, 30 per address, in 15 minutes. Success gives both counts back.
 * Throws TOO_MANY with the wait, UNAVAILABLE when the count cannot be kept: then nobody may try.
 */
export async function admitAttempt(account: string, address: string | null): Promise<Attempt> {
  const { account: perAccount, address: perAddress } = limitersOf(database().pool);
  const network = networkOf(address);
  // The table says nothing about who was tried.
  const key = hashOfSecret(`${account}\n${network}`);
  const networkKey = hashOfSecret(network);
  await consume(perAccount, key);
  try {
    await consume(perAddress, networkKey);
  } catch (error) {
    // This try gets no answer, so it does not count against the account.
    await perAccount.reward(key, 1);
    throw error;
  }
  return {
    async succeeded() {
      await perAccount.delete(key);
      await perAddress.reward(networkKey, 1);
    },
  };
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key, 1);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw translateDatabaseError(error);
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new DomainError({
      code: "TOO_MANY",
      message: `Too many tries. Wait ${waitInWords(seconds)} and try again.`,
      retryAfter: seconds,
    });
  }
}

function waitInWords(seconds: number): string {
  return seconds <= 90 ? plural(seconds, "second", "seconds") : plural(Math.ceil(seconds / 60), "minute", "minutes");
}
