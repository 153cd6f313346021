import "server-only";
import { foldName, type ActorKind } from "@/features/actors/rules";
import type { DialogueRecord } from "@/features/figures/queries/record";
import { dayOfStatement } from "@/features/statements/queries/rows";
import { statementDetail, type StatementDetail } from "@/features/statements/queries/statement";
import { isCounted } from "@/features/statements/rules";
import type { Basis, ParticipantQuery, ParticipantSort, StatementRole } from "@/features/statements/schema";
import { formatList } from "@/lib/format";

/** One row of the participants list: a statement in words. */
export type ParticipantDto = {
  id: string;
  order: number;
  /** ISO3 of a state or observer, slug of any other actor. */
  speaker: string;
  slug: string;
  /** The name valid on the day of the statement. */
  name: string;
  iso3: string | null;
  m49: string | null;
  printed: string | null;
  kind: ActorKind;
  role: StatementRole;
  /** For whom, in words: "own capacity; Nordic countries without Finland; aligned: Albania". Empty for openings and panels. */
  onBehalfOf: string;
  bases: Basis[];
  /** Whom the statement covers, each once. */
  states: number;
  observers: number;
  organizations: number;
  /** Whether the statement takes part in figures: openings and panels do not. */
  counted: boolean;
  meeting: number | null;
  language: string | null;
  person: string | null;
  title: string | null;
  source: string | null;
  note: string | null;
  /** Number of the version of the codebook under which it was coded; null while it is not coded. */
  coding: number | null;
  withdrawn: { at: string; reason: string | null } | null;
  version: number;
};

type Row = DialogueRecord["rows"][number];

function inWords(row: Row, detail: StatementDetail, { cast }: Pick<DialogueRecord, "cast">): string {
  const name = (id: string): string => cast.nameOn(id, detail.day);
  const parts: string[] = [];
  const listed: Record<"named" | "aligned", string[]> = { named: [], aligned: [] };
  for (const { basis, actorId, exclusions } of row.representations) {
    if (basis === "own" || !actorId) parts.push("own capacity");
    else if (basis === "group") {
      const without = exclusions.map((exclusion) => name(exclusion.actorId)).sort((a, b) => a.localeCompare(b, "en"));
      parts.push(without.length > 0 ? `${name(actorId)} without ${formatList(without)}` : name(actorId));
    } else listed[basis].push(name(actorId));
  }
  if (listed.named.length > 0) parts.push(formatList(listed.named));
  if (listed.aligned.length > 0) parts.push(`aligned: ${formatList(listed.aligned)}`);
  return parts.length > 0 ? parts.join("; ") : "own capacity";
}

/** One statement as a row of a list. */
export function participant(row: Row, record: Pick<DialogueRecord, "cast">): ParticipantDto {
  const detail = statementDetail(row, record.cast);
  const { iso3, m49 } = record.cast.brief(row.speakerId);
  const bases = row.representations.map(({ basis }) => basis);
  const counted = isCounted({ role: row.role, withdrawn: row.withdrawnAt !== null });
  return {
    id: detail.id,
    order: detail.order,
    speaker: detail.speaker,
    slug: detail.speakerSlug,
    name: detail.speakerName,
    iso3,
    m49,
    printed: detail.printed,
    kind: detail.speakerKind,
    role: detail.role,
    onBehalfOf: counted || row.withdrawnAt !== null ? inWords(row, detail, record) : "",
    bases: [...new Set<Basis>(bases.length > 0 ? bases : ["own"])],
    ...detail.covers,
    counted,
    meeting: detail.meeting,
    language: detail.language,
    person: detail.person?.name ?? null,
    title: detail.person?.title ?? null,
    source: detail.sourceUrl,
    note: detail.note,
    coding: row.coding?.submittedAt ? row.coding.codebook.number : null,
    withdrawn: detail.withdrawn,
    version: detail.version,
  };
}

function compareBy(sort: ParticipantSort): (a: ParticipantDto, b: ParticipantDto) => number {
  const column = sort.replace(/^-/, "") as "order" | "speaker" | "kind" | "role" | "states" | "meeting" | "language";
  const sign = sort.startsWith("-") ? -1 : 1;
  const value = (row: ParticipantDto): string | number => (column === "speaker" ? row.name : (row[column] ?? ""));
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en");
    return sign * order || a.order - b.order;
  };
}

/** The names that a search looks at: who spoke, and for whom. Our own words, such as "own capacity", are no names. */
function namesIn(row: Row, shown: ParticipantDto, { cast }: Pick<DialogueRecord, "cast">): (string | null)[] {
  const parties = shown.onBehalfOf === "" ? [] : row.representations.flatMap(({ actorId }) => actorId ?? []);
  const day = dayOfStatement(row);
  return [shown.name, shown.printed, shown.person, ...parties.map((id) => cast.nameOn(id, day))];
}

/** The participants of a dialogue that was read, filtered and ordered. */
export function participantsOf(record: DialogueRecord, query: ParticipantQuery): ParticipantDto[] {
  const sought = query.q ? foldName(query.q) : "";
  const code = query.q?.toLowerCase();
  const holds = (text: string | null): boolean => text !== null && foldName(text).includes(sought);
  return record.rows
    .filter((row) => (row.withdrawnAt !== null) === (query.show === "withdrawn"))
    .filter((row) => !query.role || row.role === query.role)
    .filter((row) => query.meeting === undefined || row.meeting?.number === query.meeting)
    .map((row) => ({ row, shown: participant(row, record) }))
    .filter(({ shown }) => !query.kind || shown.kind === query.kind)
    .filter(({ shown }) => !query.basis || shown.bases.includes(query.basis))
    .filter(
      ({ row, shown }) => !sought || shown.speaker.toLowerCase() === code || namesIn(row, shown, record).some(holds),
    )
    .map(({ shown }) => shown)
    .sort(compareBy(query.sort));
}
