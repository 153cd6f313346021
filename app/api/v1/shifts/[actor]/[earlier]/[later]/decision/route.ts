import { shiftParams, shiftShape } from "@/app/api/v1/shift-shapes";
import { decideShift, reopenShift } from "@/features/positions/mutations/shifts";
import { shiftDecisionInput } from "@/features/positions/schema";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute(
  "/shifts/{actor}/{earlier}/{later}/decision",
  {
    PUT: operation({
      summary: "Confirm or dismiss a shift",
      description: "Without If-Match it decides on a shift on which nobody has decided yet (428 when somebody has).",
      permission: "shift:decide",
      params: shiftParams,
      body: shiftDecisionInput,
      change: "if_there",
      response: shiftShape,
      run: (caller, { params, body, version }) => decideShift(caller, params, version, body),
    }),
    DELETE: operation({
      summary: "Take back a decision on a shift, which is then proposed again",
      permission: "shift:decide",
      params: shiftParams,
      change: true,
      response: shiftShape,
      run: (caller, { params, version }) => reopenShift(caller, params, version),
    }),
  },
);
