import { Cell, HeaderCell, Table } from "@/components/ui/table";
import type { ReportDto } from "@/features/dialogues/queries";

/** What a report asks, in its order: the point, of whom, and where it stands in the report. */
export function ReportRequests({ requests }: Pick<ReportDto, "requests">) {
  return (
    <Table label="What it asks" density="roomy">
      <thead>
        <tr>
          <HeaderCell numeric>No.</HeaderCell>
          <HeaderCell>Point</HeaderCell>
          <HeaderCell>Asked of</HeaderCell>
          <HeaderCell>Paragraph</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {requests.map(({ text, addressee, paragraph }, index) => (
          <tr key={`${index + 1} ${text}`}>
            <Cell numeric>{index + 1}</Cell>
            <Cell className="max-w-read min-w-64 font-text text-read whitespace-pre-line">{text}</Cell>
            <Cell className="min-w-40">{addressee ?? <span className="text-ink-3">not said</span>}</Cell>
            <Cell>{paragraph ?? <span className="text-ink-3">not known</span>}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
