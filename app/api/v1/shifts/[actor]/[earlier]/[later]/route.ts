import { shiftParams, shiftShape } from "@/app/api/v1/shift-shapes";
import { getShift } from "@/features/positions/queries/shifts";
import { snapshot } from "@/lib/db";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/shifts/{actor}/{earlier}/{later}", {
  GET: operation({
    summary: "The shift between two positions of an actor",
    permission: "record:read",
    params: shiftParams,
    response: shiftShape,
    run: (caller, { params }) => snapshot(caller, (tx) => getShift(tx, params)),
  }),
});
