import { z } from "zod";
import { earlierTextShape } from "@/app/api/v1/text-shapes";
import { findTextVersion, getText } from "@/features/sources/queries/texts";
import { notFound } from "@/lib/errors";
import { version } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid(), version });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/texts/{id}/versions/{version}", {
  GET: operation({
    summary: "The body that a text had at a version",
    permission: "record:read",
    params,
    response: earlierTextShape,
    run: async (caller, { params: { id, version: wanted } }) => {
      const found = await findTextVersion(caller, await getText(caller, id), wanted);
      if (!found) throw notFound("version", String(wanted));
      return found;
    },
  }),
});
