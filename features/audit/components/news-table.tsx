import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { newsInWords } from "@/features/audit/formats/news";
import type { News } from "@/features/audit/schema";
import { formatInstant } from "@/lib/format";

/** What happened to what somebody watches, one act a row, each leading to what it is about. */
export function NewsTable({ news }: { news: readonly News[] }) {
  return (
    <Table label="News" density="roomy">
      <thead>
        <tr>
          <HeaderCell>What happened</HeaderCell>
          <HeaderCell>To what you watch</HeaderCell>
          <HeaderCell>When</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {news.map((one) => (
          <tr key={one.position}>
            <RowHeader className="max-w-read min-w-56 whitespace-normal">
              {one.unread && (
                <>
                  <Tag tone="accent">New</Tag>{" "}
                </>
              )}
              {one.href === null ? newsInWords(one) : <TextLink href={one.href}>{newsInWords(one)}</TextLink>}
            </RowHeader>
            <Cell className="min-w-44 whitespace-normal">
              {one.touched.map(({ kind, id, name, href }, place) => (
                <span key={`${kind}:${id}`}>
                  {place > 0 && ", "}
                  <TextLink plain href={href}>
                    {name}
                  </TextLink>
                </span>
              ))}
            </Cell>
            <Cell className="whitespace-nowrap">
              <time dateTime={one.at}>{formatInstant(new Date(one.at))}</time>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
