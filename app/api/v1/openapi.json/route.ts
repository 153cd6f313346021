import { z } from "zod";
import { ROUTES } from "@/app/api/v1/routes";
import { openApiDocument, type Operations } from "@/lib/openapi";
import { defineRoute, operation } from "@/lib/route";

const OPERATIONS: Operations = {
  GET: operation({
    summary: "This description",
    permission: "record:read",
    response: z.looseObject({ openapi: z.string() }).meta({ description: "OpenAPI 3.1" }),
    run: async () => ({ ...openApiDocument({ ...ROUTES, "/openapi.json": OPERATIONS }) }),
  }),
};

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/openapi.json", OPERATIONS);
