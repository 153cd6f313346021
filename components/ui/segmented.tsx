import { ChoiceFieldset, radioOf, type ChoiceProps } from "@/components/ui/radio-group";

/** A choice of one from a few short words, side by side. Native radios underneath. */
export function Segmented(props: ChoiceProps) {
  return (
    <ChoiceFieldset {...props}>
      <div className="segmented">
        {props.choices.map((choice, index) => (
          <label key={choice.value}>
            <input {...radioOf(props, choice, index)} />
            {choice.label}
          </label>
        ))}
      </div>
    </ChoiceFieldset>
  );
}
