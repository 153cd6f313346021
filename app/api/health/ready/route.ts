import { readiness } from "@/lib/readiness";

/** 200 when the database answers, is migrated and this process is not about to stop; otherwise 503. */
export async function GET(): Promise<Response> {
  const answer = await readiness();
  return Response.json(answer, answer.status === "ok" ? {} : { status: 503, headers: { "Retry-After": "5" } });
}

export const dynamic = "force-dynamic";
