"use server";

import { redirect } from "next/navigation";
import { codedInputs } from "@/features/positions/formats/coding";
import { codeStatement } from "@/features/positions/mutations";
import { findNextUncoded } from "@/features/positions/queries/codings";
import { codingForm } from "@/features/positions/schema";
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

/** An error about a place in the list goes to the field that it came from. */
function inFields(error: unknown, paths: string[][]): unknown {
  if (!(error instanceof DomainError) || error.code !== "INVALID") return error;
  const issues = error.issues.map(({ path: [place, ...rest], message }) => {
    const field = paths[Number(place)];
    return { path: field ? [...field, ...rest] : [], message };
  });
  return new DomainError({ code: "INVALID", issues });
}
