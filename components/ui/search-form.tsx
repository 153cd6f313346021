import Form from "next/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextInput } from "@/components/ui/text-input";

type SearchFormProps = {
  /** The page that shows what is found. */
  action: string;
  /** "Find a state". */
  label: string;
  value: string | undefined;
  /** Parameters of the page that a search leaves as they are. */
  keep?: Readonly<Record<string, string | undefined>>;
};

/** Looks for a text among the rows of a page: the text goes into the address as `q`. Works without JavaScript. */
export function SearchForm({ action, label, value, keep = {} }: SearchFormProps) {
  return (
    <search>
      <Form action={action} prefetch={false} className="flex gap-2">
        {Object.entries(keep).map(
          ([name, kept]) => kept !== undefined && <input key={name} type="hidden" name={name} value={kept} />,
        )}
        <TextInput
          type="search"
          name="q"
          aria-label={label}
          placeholder={label}
          defaultValue={value}
          className="w-48"
          key={value}
        />
        <SubmitButton variant="default" pendingLabel="Finding…">
          Find
        </SubmitButton>
      </Form>
    </search>
  );
}
