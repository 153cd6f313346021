import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { ReportDto } from "@/features/dialogues/queries";
import { formatDay, formatDayRange } from "@/lib/format";

/** Reports with the dialogues that considered them, one row each. */
export function ReportsTable({ reports }: { reports: readonly ReportDto[] }) {
  return (
    <Table label="Reports" density="roomy">
      <thead>
        <tr>
          <HeaderCell>Report</HeaderCell>
          <HeaderCell>Symbol</HeaderCell>
          <HeaderCell>Published</HeaderCell>
          <HeaderCell>Considered by</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {reports.map(({ id, slug, title, symbol, publishedOn, dialogues }) => (
          <tr key={id}>
            <RowHeader className="min-w-60">
              <TextLink plain href={`/reports/${slug}`}>
                {title}
              </TextLink>
            </RowHeader>
            <Cell className="whitespace-nowrap">{symbol ?? <span className="text-ink-3">–</span>}</Cell>
            <Cell className="whitespace-nowrap">
              {publishedOn ? formatDay(publishedOn) : <span className="text-ink-3">not known</span>}
            </Cell>
            <Cell className="min-w-60">
              <Considered dialogues={dialogues} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The dialogues that considered a report, by their days. */
function Considered({ dialogues }: Pick<ReportDto, "dialogues">) {
  if (dialogues.length === 0) return <span className="text-ink-3">no dialogue on record</span>;
  return (
    <ul>
      {dialogues.map(({ slug, title, startsOn, endsOn }) => (
        <li key={slug}>
          <TextLink href={`/dialogues/${slug}`}>{title}</TextLink>{" "}
          <span className="whitespace-nowrap text-ink-3">{formatDayRange(startsOn, endsOn)}</span>
        </li>
      ))}
    </ul>
  );
}
