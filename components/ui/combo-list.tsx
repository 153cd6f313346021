type Suggestion = {
  /** What is put into the field. */
  value: string;
  /** Shown beside it and searched too, for example a code. */
  label?: string;
};

/** One list of suggestions for many fields: 193 states are sent once, not once per row. */
export function ComboList({ id, suggestions }: { id: string; suggestions: readonly Suggestion[] }) {
  return (
    <datalist id={id}>
      {suggestions.map(({ value, label }) => (
        <option key={`${value} ${label ?? ""}`} value={label === undefined ? undefined : value}>
          {label ?? value}
        </option>
      ))}
    </datalist>
  );
}
