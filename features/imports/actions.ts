"use server";

import { redirect } from "next/navigation";
import { checkImport, takeImport } from "@/features/imports/mutations/take";
import { mappingForm, takeForm } from "@/features/imports/schema";
import { defineAction } from "@/lib/action";

export const checkImportAction = defineAction({
  permission: "import:run",
  schema: mappingForm,
  run: async (caller, form): Promise<void> => {
    await checkImport(caller, form);
    redirect(`/import/${form.import}#result`);
  },
});

export const takeImportAction = defineAction({
  permission: "import:run",
  schema: takeForm,
  run: async (caller, form): Promise<void> => {
    await takeImport(caller, form);
    redirect(`/import/${form.import}`);
  },
});
