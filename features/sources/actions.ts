"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { placeQuotation, quoteText, removeQuotation } from "@/features/sources/mutations/quotations";
import { recordText, restoreText, reviseText, type ChangedText } from "@/features/sources/mutations/texts";
import { withdrawText } from "@/features/sources/mutations/withdraw";
import { getText } from "@/features/sources/queries/texts";
import {
  placeForm,
  quoteForm,
  removeQuotationForm,
  restoreTextForm,
  reviseTextForm,
  textForm,
  withdrawTextForm,
} from "@/features/sources/schema";
import { defineAction } from "@/lib/action";
import { snapshot } from "@/lib/db";

/** The texts of a statement, below its dialogue. */
function pathOf({ dialogue, statement }: { dialogue: string; statement: string }): string {
  return `/dialogues/${dialogue}/statements/${statement}/texts`;
}

function openText(form: { dialogue: string; statement: string }, text: ChangedText): never {
  const { reanchored, orphaned } = text.anchored;
  const moved = `&moved=${reanchored.length}&orphaned=${orphaned.length}`;
  revalidatePath(pathOf(form));
  redirect(`${pathOf(form)}?text=${text.id}&saved=${text.version}${moved}`);
}

export const recordTextAction = defineAction({
  permission: "text:edit",
  schema: textForm,
  run: async (caller, form): Promise<void> => {
    const { dialogue: _, statement, ...input } = form;
    openText(form, await recordText(caller, statement, input));
  },
});

export const reviseTextAction = defineAction({
  permission: "text:edit",
  schema: reviseTextForm,
  run: async (caller, form): Promise<void> => {
    const { id, version, kind, language, text, source, sourceUrl, accessedOn } = form;
    const stored = await snapshot(caller, (tx) => getText(tx, id));
    // A text area has line feeds alone: a text with other line ends is not changed by being looked at.
    const same = stored.text.replaceAll("\r\n", "\n") === text;
    const changed = await reviseText(caller, id, version, {
      kind,
      ...(language === undefined ? {} : { language }),
      ...(same ? {} : { text }),
      source: source ?? null,
      sourceUrl: sourceUrl ?? null,
      accessedOn: accessedOn ?? null,
    });
    openText(form, changed);
  },
});

export const restoreTextAction = defineAction({
  permission: "text:edit",
  schema: restoreTextForm,
  run: async (caller, form): Promise<void> => {
    openText(form, await restoreText(caller, form.id, form.version, form.earlier));
  },
});

export const withdrawTextAction = defineAction({
  permission: "text:edit",
  schema: withdrawTextForm,
  run: async (caller, form): Promise<void> => {
    const { act } = await withdrawText(caller, form.id, form.version, form.reason);
    revalidatePath("/", "layout");
    redirect(`${pathOf(form)}?act=${act}`);
  },
});

export const quoteAction = defineAction({
  permission: "text:edit",
  schema: quoteForm,
  run: async (caller, form): Promise<void> => {
    const { statement, text, quote, prefix, suffix, start } = form;
    const { quotation, note } = await quoteText(caller, statement, {
      quote,
      text,
      ...(prefix === undefined ? {} : { prefix }),
      ...(suffix === undefined ? {} : { suffix }),
      ...(start === undefined ? {} : { start }),
    });
    revalidatePath(pathOf(form));
    redirect(
      `${pathOf(form)}?quotation=${quotation.id}${note === null ? "" : "&places=several"}#quotation-${quotation.id}`,
    );
  },
});

export const placeQuotationAction = defineAction({
  permission: "text:edit",
  schema: placeForm,
  run: async (caller, form): Promise<void> => {
    const { quotation: id, version, quote } = form;
    await placeQuotation(caller, id, version, { quote });
    revalidatePath(pathOf(form));
    redirect(`${pathOf(form)}?quotation=${id}#quotation-${id}`);
  },
});

export const removeQuotationAction = defineAction({
  permission: "text:edit",
  schema: removeQuotationForm,
  run: async (caller, form): Promise<void> => {
    const { text } = await removeQuotation(caller, form.quotation, form.version);
    revalidatePath(pathOf(form));
    redirect(`${pathOf(form)}?text=${text}&removed=1`);
  },
});
