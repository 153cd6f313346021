import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { loadCast, refOf, type Cast } from "@/features/actors/queries/register";
import { getDialogue, type DialogueDto } from "@/features/dialogues/queries";
import { cumulative, figures, represented, speakers, type Cumulative, type Figures, type SpeakerKind } from "@/features/figures/rules";
import type { CountingQuery, FigureScope, FigureUnit, RepresentedQuery, Rule } from "@/features/figures/schema";
import { actorsIn, toCounted, WITH_REPRESENTATIONS, type StatementRow } from "@/features/statements/queries/rows";
import type { CountedStatement } from "@/features/statements/rules";
import { reading, type Source } from "@/lib/db";
import { invalid } from "@/lib/errors";
import { dayOf, type Day } from "@/lib/format";

/** A number that somebody published, as pages and the API show it. */
export type PublishedFigureDto = {
  id: string;
  dialogue: string | null;
  meeting: number | null;
  group: string | null;
  scope: FigureScope;
  unit: FigureUnit;
  value: number;
  printed: string | null;
  publisher: string;
  publishedOn: Day | null;
  rule: Rule | null;
  sourceUrl: string;
  note: string | null;
};

/** Everything that counting one dialogue needs, read once. */
export type DialogueRecord = {
  dialogue: DialogueDto;
  /** All statements in order, withdrawn ones included; the rules pass those over. */
  rows: StatementRow[];
  statements: CountedStatement[];
  cast: Cast;
  published: PublishedFigureDto[];
};

const WITH_PLACE = {
  dialogue: { select: { slug: true } },
  meeting: { select: { number: true } },
  group: { select: { slug: true, iso3: true } },
} satisfies Prisma.PublishedFigureInclude;

type FigureRow = Prisma.PublishedFigureGetPayload<{ include: typeof WITH_PLACE }>;

export function publishedFigureDto(row: FigureRow): PublishedFigureDto {
  const { id, scope, unit, value, printed, publisher, publishedOn, rule, sourceUrl, note } = row;
  return {
    id,
    dialogue: row.dialogue?.slug ?? null,
    meeting: row.meeting?.number ?? null,
    group: row.group && refOf(row.group),
    scope,
    unit,
    value,
    printed,
    publisher,
    publishedOn: publishedOn && dayOf(publishedOn),
    rule: rule as Rule | null,
    sourceUrl,
    note,
  };
}

/** Published figures, of one dialogue or of all, in the order of their units and values. At most 1,000. */
export async function listPublishedFigures(
  source: Source,
  of: { dialogueId?: string; scope?: FigureScope } = {},
): Promise<PublishedFigureDto[]> {
  const rows = await reading(source).publishedFigure.findMany({
    where: of,
    include: WITH_PLACE,
    orderBy: [{ unit: "asc" }, { scope: "asc" }, { value: "desc" }, { publisher: "asc" }, { id: "asc" }],
    take: 1000,
  });
  return rows.map(publishedFigureDto);
}

/** Reads a dialogue with all that counting it needs: the number of queries does not depend on its size. */
export async function loadDialogueRecord(source: Source, ref: string): Promise<DialogueRecord> {
  const dialogue = await getDialogue(source, ref);
  const [rows, published] = await Promise.all([
    reading(source).statement.findMany({
      where: { dialogueId: dialogue.id },
      include: WITH_REPRESENTATIONS,
      orderBy: { order: "asc" },
    }),
    listPublishedFigures(source, { dialogueId: dialogue.id }),
  ]);
  const groups = await groupIdsOf(source, published);
  const cast = await loadCast(source, [...actorsIn(rows), ...groups]);
  return { dialogue, rows, statements: rows.map(toCounted), cast, published };
}

async function groupIdsOf(source: Source, published: PublishedFigureDto[]): Promise<string[]> {
  const slugs = [...new Set(published.flatMap(({ group }) => (group ? [group] : [])))];
  if (slugs.length === 0) return [];
  const groups = await reading(source).actor.findMany({ where: { slug: { in: slugs } }, select: { id: true } });
  return groups.map(({ id }) => id);
}

/** The day on which a count looks at the world: the meeting's when one is chosen, else the dialogue's first. */
export function asOfDay({ dialogue }: Pick<DialogueRecord, "dialogue">, meeting: number | undefined): Day {
  if (meeting === undefined) return dialogue.startsOn;
  const found = dialogue.meetings.find(({ number }) => number === meeting);
  if (!found) throw invalid("meeting", `This dialogue has no meeting ${meeting}.`);
  return found.date;
}

function claimsFor(published: PublishedFigureDto[], meeting: number | undefined): PublishedFigureDto[] {
  return published.filter((figure) =>
    meeting === undefined ? figure.scope === "total" : figure.scope === "meeting" && figure.meeting === meeting,
  );
}

/** The figures of a dialogue that was read, under one rule. */
export function figuresOf(record: DialogueRecord, how: CountingQuery): Figures {
  const { statements, cast, published } = record;
  return figures({
    statements,
    register: cast.register,
    ...how,
    asOf: asOfDay(record, how.meeting),
    published: claimsFor(published, how.meeting),
  });
}

/** One state or observer inside the number, with everything by which it is counted. */
export type RepresentedDto = {
  actor: string;
  slug: string;
  name: string;
  kind: "member_state" | "observer";
  routes: { route: string; label: string; statements: { id: string; speaker: string }[] }[];
};

/** How a route reads on a page: "own voice", "Nordic countries", "named by Denmark", "aligned with the European Union". */
function routeLabel(route: string, statementIds: string[], record: DialogueRecord, day: Day): string {
  const [basis, ref] = [route.slice(0, route.indexOf(":")), route.slice(route.indexOf(":") + 1)];
  if (route === "own") return "own voice";
  const row = record.rows.find(({ id }) => id === statementIds[0]);
  const speaker = row ? record.cast.nameOn(row.speakerId, day) : ref;
  if (basis === "named") return `named by ${speaker}`;
  if (basis === "aligned") return `aligned with ${speaker}`;
  const group = row?.representations.find(({ actorId }) => actorId && record.cast.brief(actorId).ref === ref);
  return group?.actorId ? record.cast.nameOn(group.actorId, day) : ref;
}

/** The states and observers inside the number, by name, each with its routes; `kind`, `only` and `overlap` choose among them. */
export function representedIn(record: DialogueRecord, { kind: wanted, only, overlap, ...how }: RepresentedQuery): RepresentedDto[] {
  const day = asOfDay(record, how.meeting);
  const speakerOf = new Map(record.rows.map(({ id, speakerId }) => [id, record.cast.nameOn(speakerId, day)]));
  return represented({ statements: record.statements, register: record.cast.register, ...how })
    .filter(({ kind }) => !wanted || kind === wanted)
    .filter(({ routes }) => only === undefined || (routes.length === 1 && (routes[0] === only || routes[0] === `group:${only}`)))
    .filter(({ routes }) => !overlap || routes.length > 1)
    .map(({ actorId, ref, kind, routes, statements }) => ({
      actor: ref,
      slug: record.cast.brief(actorId).slug,
      name: record.cast.nameOn(actorId, day),
      kind,
      routes: routes.map((route) => {
        const ids = statements[route] ?? [];
        return {
          route,
          label: routeLabel(route, ids, record, day),
          statements: ids.map((id) => ({ id, speaker: speakerOf.get(id) ?? "" })),
        };
      }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** One actor that spoke, with its statements. */
export type SpeakerDto = {
  actor: string;
  slug: string;
  name: string;
  kind: SpeakerKind;
  statements: { id: string; order: number; role: string }[];
};

/** Everybody who delivered a counted statement, by name, each once. */
export function speakersIn(record: DialogueRecord, meeting?: number): SpeakerDto[] {
  const day = asOfDay(record, meeting);
  const byId = new Map(record.rows.map((row) => [row.id, row]));
  return speakers({ statements: record.statements, register: record.cast.register, meeting })
    .map(({ actorId, ref, kind, statements }) => ({
      actor: ref,
      slug: record.cast.brief(actorId).slug,
      name: record.cast.nameOn(actorId, day),
      kind,
      statements: statements.flatMap((id) => {
        const row = byId.get(id);
        return row ? [{ id, order: row.order, role: row.role }] : [];
      }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** What the data gives beside a published figure; null where there is nothing to compute it from. */
export function computedFor(record: DialogueRecord, claim: PublishedFigureDto): number | null {
  if (claim.scope === "cumulative") return null;
  const meeting = claim.scope === "meeting" ? (claim.meeting ?? undefined) : undefined;
  if (claim.scope === "meeting" && meeting === undefined) return null;
  if (claim.unit === "group_members") return groupSize(record, claim, meeting);
  const { spoke, represented: reached } = figuresOf(record, { rule: claim.rule ?? "own_and_groups", aligned: "exclude", meeting });
  const values: Record<Exclude<FigureUnit, "group_members">, number> = {
    member_states_spoke: spoke.memberStates,
    observers_spoke: spoke.observers,
    regional_organizations_spoke: spoke.regionalOrganizations,
    civil_society_spoke: spoke.civilSociety,
    states_represented: reached.states,
    observers_represented: reached.observers,
  };
  return values[claim.unit];
}

/** A published figure beside the computed one, and what the difference means. */
export type ComparedClaim = {
  claim: PublishedFigureDto;
  computed: number | null;
  /** `incomplete`: fewer speakers are recorded than were published, so the computed number is a lower bound. */
  verdict: "matches" | "differs" | "incomplete" | "not computable";
  /** The group whose size is claimed. */
  groupName: string | null;
};

/** Every published figure of a dialogue beside what the data gives. */
export function compareClaims(record: DialogueRecord): ComparedClaim[] {
  const { complete } = figuresOf(record, { rule: "own_and_groups", aligned: "exclude" });
  return record.published.map((claim) => {
    const computed = computedFor(record, claim);
    const party = claim.group === null ? undefined : record.cast.register.parties.find(({ ref }) => ref === claim.group);
    const groupName = party ? record.cast.nameOn(party.id, record.dialogue.startsOn) : claim.group;
    return { claim, computed, verdict: verdictOn(claim, computed, complete), groupName };
  });
}

/** The name of the one regional organization that spoke; null when none or several did. */
export function soleRegionalOrganization(record: DialogueRecord, { meeting }: Pick<CountingQuery, "meeting">): string | null {
  const [first, second] = speakersIn(record, meeting).filter(({ kind }) => kind === "regional_organization");
  return first && !second ? first.name : null;
}

/** What the key of `onlyThrough` is called: the name of a group, or of the speaker of a named or aligned route. */
export function nameOfRoute({ cast, dialogue }: DialogueRecord, key: string): string {
  const ref = key.slice(key.indexOf(":") + 1);
  const party = cast.register.parties.find((one) => one.ref === ref);
  const name = party ? cast.nameOn(party.id, dialogue.startsOn) : ref;
  return key.startsWith("aligned:") ? `alignment with ${name}` : name;
}

/** One published figure of a dialogue beside the computed one, in a few words. */
export type ClaimChip = { label: string; published: string; computed: string; tone: "good" | "bad" | "warn" };

const CHIP_LABELS: Partial<Record<FigureUnit, string>> = {
  member_states_spoke: "Speakers",
  states_represented: "On behalf of",
};

/** The few claims that the headline answers: speakers, states represented, sizes of groups. Publishers that disagree share one. */
export function chipsOf(record: DialogueRecord, how: CountingQuery): ClaimChip[] {
  const { spoke, represented: reached, complete } = figuresOf(record, how);
  const claims = claimsFor(record.published, how.meeting);
  const chips: ClaimChip[] = [];
  const valuesOf = (unit: FigureUnit, group: string | null = null): number[] =>
    [...new Set(claims.filter((claim) => claim.unit === unit && claim.group === group).map(({ value }) => value))].sort((a, b) => a - b);
  const add = (label: string, values: number[], computed: string, matches: boolean, lowerBound: boolean): void => {
    if (values.length === 0) return;
    const tone = matches ? "good" : lowerBound ? "warn" : "bad";
    chips.push({ label, published: formatAlternatives(values), computed, tone });
  };
  const speakers = valuesOf("member_states_spoke");
  const highest = speakers.at(-1);
  if (highest !== undefined && spoke.memberStates < highest) {
    chips.push({
      label: "Incomplete",
      published: formatAlternatives(speakers),
      computed: String(spoke.memberStates),
      tone: "warn",
    });
  } else add(CHIP_LABELS.member_states_spoke ?? "", speakers, String(spoke.memberStates), speakers.includes(spoke.memberStates), false);
  const states = valuesOf("states_represented");
  add(CHIP_LABELS.states_represented ?? "", states, String(reached.states), states.includes(reached.states), !complete);
  for (const group of new Set(claims.flatMap((claim) => (claim.unit === "group_members" && claim.group ? [claim.group] : [])))) {
    const sizes = valuesOf("group_members", group);
    const size = sizeInWords(record, group, how.meeting);
    if (size) add(nameOfRoute(record, group), sizes, size.words, sizes.includes(size.total), false);
  }
  return chips;
}

/** "81 or 83": what publishers say who do not agree. */
function formatAlternatives(values: number[]): string {
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(values.map(String));
}

/** The members of a group on the day counted, organizations named apart: "49 + European Union". */
function sizeInWords(record: DialogueRecord, group: string, meeting: number | undefined): { total: number; words: string } | null {
  const { cast } = record;
  const party = cast.register.parties.find(({ ref }) => ref === group);
  if (!party) return null;
  const day = asOfDay(record, meeting);
  const members = cast.register.membersOn(party.id, day).map(({ memberId }) => cast.brief(memberId));
  const organizations = members.filter(({ kind }) => kind === "regional_organization");
  const names = organizations.map(({ id }) => ` + ${cast.nameOn(id, day)}`).join("");
  return { total: members.length, words: `${members.length - organizations.length}${names}` };
}

function verdictOn({ value, unit }: PublishedFigureDto, computed: number | null, complete: boolean): ComparedClaim["verdict"] {
  if (computed === null) return "not computable";
  if (computed === value) return "matches";
  return complete || unit === "group_members" ? "differs" : "incomplete";
}

function groupSize({ dialogue, cast }: DialogueRecord, { group }: PublishedFigureDto, meeting: number | undefined): number | null {
  const party = cast.register.parties.find(({ ref }) => ref === group);
  if (!party) return null;
  const day = dialogue.meetings.find(({ number }) => number === meeting)?.date ?? dialogue.startsOn;
  return cast.register.membersOn(party.id, day).length;
}

/** Distinct states over all dialogues so far, dialogue by dialogue in the order of their days. */
export async function getCumulative(source: Source, how: Pick<CountingQuery, "rule" | "aligned">): Promise<(Cumulative & { title: string; startsOn: Day })[]> {
  const db = reading(source);
  const [dialogues, rows] = await Promise.all([
    db.dialogue.findMany({ select: { id: true, slug: true, title: true, startsOn: true }, orderBy: [{ startsOn: "asc" }, { id: "asc" }] }),
    db.statement.findMany({ where: { withdrawnAt: null }, include: WITH_REPRESENTATIONS, orderBy: { order: "asc" } }),
  ]);
  const cast = await loadCast(source, actorsIn(rows));
  const byDialogue = new Map<string, CountedStatement[]>(dialogues.map(({ id }) => [id, []]));
  for (const row of rows) byDialogue.get(row.dialogueId)?.push(toCounted(row));
  const counted = dialogues.map(({ id, slug }) => ({ dialogue: slug, statements: byDialogue.get(id) ?? [] }));
  return cumulative(counted, { register: cast.register, ...how }).map((row, index) => ({
    ...row,
    title: dialogues[index]?.title ?? "",
    startsOn: dayOf(dialogues[index]?.startsOn ?? new Date(0)),
  }));
}
