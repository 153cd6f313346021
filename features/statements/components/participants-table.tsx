import type { ReactNode } from "react";
import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, SortHeader, Table } from "@/components/ui/table";
import { Tag, type TagTone } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { KIND_NAMES } from "@/features/actors/schema";
import { CODING_STATUS_NAMES, codingStatus, type CodingStatus } from "@/features/positions/schema";
import type { ParticipantDto } from "@/features/statements/queries/participants";
import {
  PARTICIPANT_COLUMNS,
  ROLE_NAMES,
  type ParticipantColumn,
  type ParticipantQuery,
  type ParticipantSort,
} from "@/features/statements/schema";
import { address } from "@/lib/address";
import { plural } from "@/lib/format";

/** What the table shows when nobody chose. */
export const USUAL_COLUMNS: ParticipantColumn[] = [
  "order",
  "speaker",
  "onBehalfOf",
  "states",
  "basis",
  "language",
  "coding",
];

type ParticipantsTableProps = {
  slug: string;
  participants: ParticipantDto[];
  query: ParticipantQuery;
  /** The same page in another order. */
  sortHref: (sort: ParticipantSort) => string;
  /** The statement that was just recorded. */
  recorded?: string | undefined;
  /** Number of the version of the codebook that is shown; null while none is published. */
  codebook: number | null;
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
  mayCode: boolean;
};

const SORTED_BY: Partial<
  Record<ParticipantColumn, "order" | "speaker" | "kind" | "role" | "states" | "meeting" | "language">
> = {
  order: "order",
  speaker: "speaker",
  kind: "kind",
  role: "role",
  states: "states",
  meeting: "meeting",
  language: "language",
};
const NUMERIC: ReadonlySet<ParticipantColumn> = new Set(["order", "observers", "organizations", "meeting"]);

/** The word that classes a row by how it was delivered. */
function basisTag({ role, bases, counted }: ParticipantDto): { label: string; tone: TagTone } {
  if (!counted) return { label: ROLE_NAMES[role], tone: "outline" };
  if (role === "civil_society") return { label: "Civil society", tone: "neutral" };
  if (role === "joint_statement") return { label: "Joint", tone: "accent" };
  if (bases.includes("group")) return { label: "Group", tone: "accent" };
  if (bases.includes("named")) return { label: "Named", tone: "accent" };
  return { label: "Own voice", tone: "neutral" };
}

/** Whom a statement covers, as a number that opens them. */
function Represents({ slug, row }: { slug: string; row: ParticipantDto }) {
  const { states, observers, organizations, counted, id } = row;
  if (!counted) return <span className="text-ink-3">not counted</span>;
  const parts = [
    states > 0 ? plural(states, "state", "states") : null,
    observers > 0 ? plural(observers, "observer", "observers") : null,
    organizations > 0 ? plural(organizations, "organization", "organizations") : null,
  ].filter((part) => part !== null);
  const total = states + observers + organizations;
  if (total === 0) return <span className="text-ink-3">nobody</span>;
  return (
    <CountLink href={`/dialogues/${slug}/statements/${id}#covered`} count={total}>
      {parts.join(" + ")}
    </CountLink>
  );
}

const CODING_TONES: Record<CodingStatus, TagTone> = { not_coded: "dashed", coded_before: "warn", coded: "ok" };

type OfTable = Pick<ParticipantsTableProps, "slug" | "codebook" | "version" | "mayCode">;

/** How far its coding is, and the way to it. */
function Coding({
  row: { id, coding, counted, withdrawn },
  slug,
  codebook,
  version,
  mayCode,
}: OfTable & { row: ParticipantDto }) {
  if (!counted || withdrawn) return <span className="text-ink-3">–</span>;
  const status = codingStatus(coding, codebook);
  const path = `/dialogues/${slug}/statements/${id}`;
  return (
    <TextLink plain href={mayCode ? `${path}/coding` : `${address(path, { codebook: version })}#positions`}>
      <Tag tone={CODING_TONES[status]}>
        {status === "coded_before" ? `Coded under v${coding}` : CODING_STATUS_NAMES[status]}
      </Tag>
    </TextLink>
  );
}

function content(column: ParticipantColumn, row: ParticipantDto, table: OfTable): ReactNode {
  const { slug } = table;
  const simple: Record<Exclude<ParticipantColumn, "speaker" | "states" | "basis" | "source" | "coding">, ReactNode> = {
    order: row.order,
    iso3: row.iso3,
    m49: row.m49,
    printed: row.printed,
    kind: KIND_NAMES[row.kind].one,
    role: ROLE_NAMES[row.role],
    onBehalfOf: row.onBehalfOf,
    observers: row.observers,
    organizations: row.organizations,
    meeting: row.meeting,
    language: row.language?.toUpperCase(),
    person: row.person,
    title: row.title,
    note: row.note,
  };
  if (column === "states") return <Represents slug={slug} row={row} />;
  if (column === "coding") return <Coding row={row} {...table} />;
  if (column === "basis") {
    const { label, tone } = basisTag(row);
    return <Tag tone={tone}>{label}</Tag>;
  }
  if (column === "source")
    return (
      row.source && (
        <a className="link" href={row.source} rel="noreferrer">
          source
        </a>
      )
    );
  if (column === "speaker") return row.name;
  return simple[column] ?? <span className="text-ink-3">–</span>;
}

/** The participants of a dialogue: one row a statement, in the chosen columns and order. */
export function ParticipantsTable({
  slug,
  participants,
  query,
  sortHref,
  recorded,
  codebook,
  version,
  mayCode,
}: ParticipantsTableProps) {
  const columns = query.columns ?? USUAL_COLUMNS;
  return (
    <Table label="Participants" stickyFirst={columns[0] === "speaker"}>
      <thead>
        <tr>
          {columns.map((column) => {
            const title = column === "states" ? "Represents" : PARTICIPANT_COLUMNS[column];
            const by = SORTED_BY[column];
            if (!by)
              return (
                <HeaderCell key={column} numeric={NUMERIC.has(column)}>
                  {title}
                </HeaderCell>
              );
            const up = query.sort === by;
            const down = query.sort === `-${by}`;
            return (
              <SortHeader
                key={column}
                href={sortHref(up ? `-${by}` : by)}
                sorted={up ? "ascending" : down ? "descending" : undefined}
                numeric={NUMERIC.has(column)}
              >
                {title}
              </SortHeader>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {participants.map((row) => (
          <tr key={row.id} id={`statement-${row.id}`} data-recorded={row.id === recorded || undefined}>
            {columns.map((column) =>
              column === "speaker" ? (
                <RowHeader key={column}>
                  <TextLink plain href={`/dialogues/${slug}/statements/${row.id}`}>
                    {row.name}
                  </TextLink>
                  {row.person && <span className="text-ink-3"> · {row.person}</span>}
                </RowHeader>
              ) : (
                <Cell
                  key={column}
                  numeric={NUMERIC.has(column)}
                  className={column === "states" ? "whitespace-nowrap" : undefined}
                >
                  {content(column, row, { slug, codebook, version, mayCode })}
                </Cell>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
