import { z } from "zod";
import type { BatchKind } from "@/generated/prisma/enums";

/** What each kind of act is called on the page. */
export const BATCH_KIND_NAMES: Record<BatchKind, string> = {
  import: "Import",
  participants: "Pasted list",
  bulk_edit: "Bulk edit",
  merge: "Merge",
  withdrawal: "Withdrawal",
};

export const undoForm = z.strictObject({ batch: z.uuid() });
