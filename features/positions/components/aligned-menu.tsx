import { ChoiceMenu } from "@/components/ui/choice-menu";

type Aligned = "include" | "exclude";

/** Chooses whether actors that associate themselves with a statement inherit its positions. */
export function AlignedMenu({ chosen, hrefFor }: { chosen: Aligned; hrefFor: (aligned: Aligned) => string }) {
  return (
    <ChoiceMenu
      label="Aligned states"
      chosen={chosen}
      options={[
        { value: "exclude", label: "do not inherit" },
        { value: "include", label: "inherit" },
      ]}
      hrefFor={(aligned) => hrefFor(aligned === "include" ? "include" : "exclude")}
    />
  );
}
