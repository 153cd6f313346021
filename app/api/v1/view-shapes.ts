import { z } from "zod";

/** A saved view as the API answers it. */
export const viewShape = z
  .object({
    id: z.uuid(),
    name: z.string(),
    address: z.string().describe("Path and query of a page, to be put after the origin of the product"),
    note: z.string().nullable(),
    shared: z.boolean(),
    owner: z.string().describe("The name of who keeps it"),
    mine: z.boolean().describe("Whether that is the owner of the token"),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "View" });
