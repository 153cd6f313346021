"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { checkImport, takeImport } from "@/features/imports/mutations/take";
import { mappingForm, takeForm } from "@/features/imports/schema";
import { defineAction } from "@/lib/action";

export const checkImportAction = defineAction({
  permission: "import:run",
  schema: mappingForm,
  run: async (caller, form): Promise<void> => {
    await checkImport(caller, form);
    // The same address: without this the browser would go on showing the page that it has.
    revalidatePath(`/import/${form.import}`);
    redirect(`/import/${form.import}`);
  },
});

export const takeImportAction = defineAction({
  permission: "import:run",
  schema: takeForm,
  run: async (caller, form): Promise<void> => {
    await takeImport(caller, form);
    revalidatePath(`/import/${form.import}`);
    redirect(`/import/${form.import}`);
  },
});
