import { uploadedDocumentShape } from "@/app/api/v1/text-shapes";
import { uploadDocument } from "@/features/sources/mutations/documents";
import { LARGEST_FILE, uploadQuery } from "@/features/sources/schema";
import { readFile } from "@/lib/request-json";
import { defineRoute, upload } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/documents", {
  POST: upload({
    summary: "Upload a file and get its text",
    description:
      "PDF, DOCX, HTML or TXT of at most 25 MB, as the body itself. The type is told by the content. The file is kept byte " +
      "for byte; its text is stored for no statement yet: look at it, correct it, then PUT it with `document`. The same " +
      "bytes are kept once.",
    permission: "text:edit",
    query: uploadQuery,
    response: uploadedDocumentShape,
    status: 201,
    location: ({ id }) => `/api/v1/documents/${id}`,
    run: async (caller, { query, request }) =>
      uploadDocument(caller, await readFile(request, LARGEST_FILE), query.fileName),
  }),
});
