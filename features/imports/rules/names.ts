import type { NameInput } from "@/features/actors/schema";

/** The fields of a file of names, by its folded headers. */
export const NAME_COLUMNS: Readonly<Record<string, keyof NameInput | "actor">> = {
  actor: "actor",
  name: "name",
  kind: "kind",
  language: "language",
  "valid from": "from",
  "valid until": "until",
  source: "source",
};
