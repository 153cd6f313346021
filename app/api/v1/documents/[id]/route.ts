import { z } from "zod";
import { getDocument } from "@/features/sources/queries/documents";
import { defineRoute, download } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/documents/{id}", {
  GET: download({
    summary: "A file as it was uploaded",
    description: "Always a download, never a page: nothing in it runs.",
    permission: "record:read",
    params,
    media: "application/octet-stream",
    run: async (caller, { params: { id } }) => {
      const { bytes, fileName } = await getDocument(caller, id);
      // RFC 8187: the name in UTF-8, and an ASCII one for programs that do not know it.
      const plain = fileName.replaceAll(/[^\w.-]/g, "_");
      return new Response(bytes, {
        headers: {
          "Content-Type": "application/octet-stream",
          "Content-Disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName).replaceAll("'", "%27")}`,
          "Content-Security-Policy":
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
        },
      });
    },
  }),
});
