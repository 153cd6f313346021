import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { DialogueInTime, FirstTimeDto, SilentDto } from "@/features/figures/queries/over-time";
import { formatDay } from "@/lib/format";

function StateName({ slug, name }: { slug: string; name: string }) {
  return (
    <RowHeader>
      <TextLink plain href={`/states/${slug}`}>
        {name}
      </TextLink>
    </RowHeader>
  );
}

function DialogueLink({ dialogue: { slug, title, startsOn } }: { dialogue: DialogueInTime }) {
  return (
    <>
      <TextLink href={`/dialogues/${slug}`}>{title}</TextLink>{" "}
      <span className="whitespace-nowrap text-ink-3">{formatDay(startsOn)}</span>
    </>
  );
}

/** States that spoke in their own voice for the first time, with where they did. */
export function FirstTimeTable({ dialogue, rows }: { dialogue: string; rows: readonly FirstTimeDto[] }) {
  return (
    <Table label="First-time speakers">
      <thead>
        <tr>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Statement</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ref, slug, name, statements }) => (
          <tr key={ref}>
            <StateName slug={slug} name={name} />
            <Cell>
              {statements.map(({ id, order }, index) => (
                <span key={id}>
                  {index > 0 && ", "}
                  <TextLink href={`/dialogues/${dialogue}/statements/${id}`}>no. {order}</TextLink>
                </span>
              ))}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** States that fell silent: where they spoke before, whether somebody spoke for them here, and whether they spoke again. */
export function FellSilentTable({ rows }: { rows: readonly SilentDto[] }) {
  return (
    <Table label="Fell silent" density="roomy">
      <thead>
        <tr>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Spoke before at</HeaderCell>
          <HeaderCell>At this dialogue</HeaderCell>
          <HeaderCell>Spoke again</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ref, slug, name, spokeAt, covered, again }) => (
          <tr key={ref}>
            <StateName slug={slug} name={name} />
            <Cell>
              <ul>
                {spokeAt.map((dialogue) => (
                  <li key={dialogue.slug}>
                    <DialogueLink dialogue={dialogue} />
                  </li>
                ))}
              </ul>
            </Cell>
            <Cell>{covered ? "covered by a statement of others" : "not represented"}</Cell>
            <Cell>{again ? <DialogueLink dialogue={again} /> : <span className="text-ink-3">not since</span>}</Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
