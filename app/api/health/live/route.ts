/** 200 while the process serves. Never touches the database: a database that is away must not get this process killed. */
export function GET(): Response {
  return Response.json({ status: "ok" });
}

export const dynamic = "force-dynamic";
