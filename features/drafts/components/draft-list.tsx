import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { Discard } from "@/features/drafts/components/autosave";
import { goOnPath } from "@/features/drafts/rules";
import type { DraftBrief } from "@/features/drafts/schema";
import { formatInstant } from "@/lib/format";

/** One's own drafts, each with the way back into its form. */
export function DraftList({ drafts }: { drafts: readonly DraftBrief[] }) {
  if (drafts.length === 0) {
    return (
      <p className="text-ink-2">
        Nothing is waiting. What you type into a form and do not save is kept here for you alone.
      </p>
    );
  }
  return (
    <Table label="Drafts">
      <thead>
        <tr>
          <HeaderCell>Form</HeaderCell>
          <HeaderCell>Kept</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Discard it</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {drafts.map(({ form, path, title, savedAt }) => (
          <tr key={form}>
            <RowHeader>
              <DraftLink path={path} title={title} />
            </RowHeader>
            <Cell>{formatInstant(new Date(savedAt))}</Cell>
            <Cell>
              <Discard form={form} back="/account" label="Discard" describe={`Discard the draft: ${title}`} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The way back into the form of a draft. */
export function DraftLink({ path, title }: Pick<DraftBrief, "path" | "title">) {
  return <TextLink href={goOnPath(path)}>{title}</TextLink>;
}
