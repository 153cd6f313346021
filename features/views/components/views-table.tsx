import { CopyButton } from "@/components/ui/copy-button";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { RemoveViewForm, ShareViewForm } from "@/features/views/components/view-forms";
import type { ViewDto } from "@/features/views/schema";
import { dayOf, formatDay } from "@/lib/format";

type ViewsTableProps = {
  label: string;
  views: readonly ViewDto[];
  /** The origin of the product, for links that work anywhere: "https://rostrum.example.org". */
  origin: string;
};

/** Saved views by name, each with its link; one's own with what can be done with them. */
export function ViewsTable({ label, views, origin }: ViewsTableProps) {
  const own = views.some(({ mine }) => mine);
  return (
    <Table label={label} density="roomy">
      <thead>
        <tr>
          <HeaderCell>View</HeaderCell>
          <HeaderCell>{own ? "Who sees it" : "Shared by"}</HeaderCell>
          <HeaderCell>Changed</HeaderCell>
          <HeaderCell>
            <span className="sr-only">What can be done</span>
          </HeaderCell>
        </tr>
      </thead>
      <tbody>
        {views.map((view) => (
          <tr key={view.id}>
            <RowHeader className="whitespace-normal">
              <TextLink href={view.address}>{view.name}</TextLink>
              {view.note !== null && (
                <span className="block max-w-read text-sm font-normal whitespace-pre-line text-ink-2">{view.note}</span>
              )}
            </RowHeader>
            <Cell>{own ? <Tag>{view.shared ? "Shared" : "Only you"}</Tag> : view.owner}</Cell>
            <Cell className="whitespace-nowrap">{formatDay(dayOf(new Date(view.updatedAt)))}</Cell>
            <Cell>
              <div className="flex flex-wrap items-center gap-2">
                <CopyButton label="Copy link" variant="quiet" text={`${origin}${view.address}`} />
                {view.mine && (
                  <>
                    <TextLink href={`/views/${view.id}/edit`}>
                      Rename <span className="sr-only">{view.name}</span>
                    </TextLink>
                    <ShareViewForm view={view} />
                    <RemoveViewForm view={view} />
                  </>
                )}
              </div>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
