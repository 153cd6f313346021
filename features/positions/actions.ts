"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { codedInputs } from "@/features/positions/formats/coding";
import { codeStatement } from "@/features/positions/mutations";
import { decideShift, reopenShift } from "@/features/positions/mutations/shifts";
import { findNextUncoded } from "@/features/positions/queries/codings";
import { codingForm, shiftForm, shiftUndoForm, type ShiftRef } from "@/features/positions/schema";
import { defineAction } from "@/lib/action";
import { address } from "@/lib/address";
import { snapshot } from "@/lib/db";
import { DomainError } from "@/lib/errors";

export const submitCodingAction = defineAction({
  permission: "position:code",
  schema: codingForm,
  run: async (caller, form): Promise<void> => {
    const { inputs, paths } = codedInputs(form);
    const { statement, version, memo = null, codebook } = form;
    try {
      await codeStatement(caller, statement, version, inputs, { memo, codebook });
    } catch (error) {
      throw inFields(error, paths);
    }
    const { here, next } = await snapshot(caller, (tx) => findNextUncoded(tx, statement));
    if (form.after === "stay") redirect(`${here.path}?coded=${statement}#positions`);
    redirect(address(next ? `${next.path}/coding` : `/dialogues/${here.dialogue}/coding`, { coded: statement }));
  },
});

/** The list of shifts as it was, with the shift that was decided on at its top. */
function listedShifts({ actor, earlier, later, back }: ShiftRef & { back: string }): string {
  const list = Object.fromEntries(new URLSearchParams(back));
  return address("/shifts", { ...list, decided: `${actor}.${earlier}.${later}` });
}

export const decideShiftAction = defineAction({
  permission: "shift:decide",
  schema: shiftForm,
  run: async (caller, { version, seen, verdict, reason, ...form }): Promise<void> => {
    const [earlier = 0, later = 0] = seen.split(" ").map(Number);
    await decideShift(caller, form, version, { verdict, reason }, { earlier, later });
    revalidatePath("/", "layout");
    redirect(listedShifts(form));
  },
});

export const reopenShiftAction = defineAction({
  permission: "shift:decide",
  schema: shiftUndoForm,
  run: async (caller, { version, ...form }): Promise<void> => {
    await reopenShift(caller, form, version);
    revalidatePath("/", "layout");
    redirect(listedShifts(form));
  },
});

/** An error about a place in the list goes to the field that it came from. */
function inFields(error: unknown, paths: string[][]): unknown {
  if (!(error instanceof DomainError) || error.code !== "INVALID") return error;
  const issues = error.issues.map(({ path: [place, ...rest], message }) => {
    const field = paths[Number(place)];
    return { path: field ? [...field, ...rest] : [], message };
  });
  return new DomainError({ code: "INVALID", issues });
}
