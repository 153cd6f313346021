import * as actors from "@/app/api/v1/actors/route";
import * as actor from "@/app/api/v1/actors/[ref]/route";
import * as members from "@/app/api/v1/actors/[ref]/members/route";
import * as membership from "@/app/api/v1/actors/[ref]/members/[id]/route";
import type { Operations } from "@/lib/openapi";
import { operationsOf } from "@/lib/route";

/** Every address of the API but its own description, as OpenAPI writes them. A test compares this with the folders. */
export const ROUTES: Record<string, Operations> = {
  "/actors": operationsOf(actors.GET),
  "/actors/{ref}": operationsOf(actor.GET),
  "/actors/{ref}/members": operationsOf(members.GET),
  "/actors/{ref}/members/{id}": operationsOf(membership.GET),
};
