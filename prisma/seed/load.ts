import "server-only";
import { KINDS_WITH_MEMBERS, type ActorInput } from "@/features/actors/schema";
import { foldName } from "@/features/actors/rules";
import { recordAuditMany } from "@/features/audit/mutations";
import { requestRows } from "@/features/dialogues/mutations";
import { checkDays } from "@/features/dialogues/rules";
import type { DialogueInput } from "@/features/dialogues/schema";
import { checkRepresentation } from "@/features/statements/rules";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { dateOf, type Day } from "@/lib/format";
import { uuid7 } from "@/lib/uuid7";
import { loadCodebook, type Recorded } from "./codebook";
import { castOf, partiesOf, type Cast } from "./cast";
import { readRecord, readReference, type RecordData, type ReferenceData, type StatementRow } from "./files";
import { deliveredKey, loadPositions, type Delivered } from "./positions";
import { loadVotes } from "./votes";

/** What a database is filled with: the actors alone, or with the record of the dialogues. */
export type Extent = "reference" | "record";

/** How many rows of each kind were loaded; null when the database was not empty and nothing was done. */
export type Loaded = Record<
  "actors" | "names" | "memberships" | "issues" | "dialogues" | "statements" | "figures" | "positions" | "votes",
  number
> | null;

/** One process fills a database at a time; the number is any constant of our own. */
const LOADING = 7_281_931_404;
/** Rows in one INSERT: Postgres takes 65,535 parameters. */
const BATCH = 2000;
/** How long loading, and one statement of it, may take: milliseconds, and as Postgres writes it. Seconds are the rule. */
const TIMEOUT = 300_000;
const PATIENCE = "300s";

/** The same dialogue in the database: its id and its meetings by number. */
export type Placed = { id: string; startsOn: Day; meetings: { id: string; date: Day }[] };

function asDate(day: Day | null | undefined): Date | null {
  return day ? dateOf(day) : null;
}

async function inBatches<Row>(rows: Row[], insert: (batch: Row[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += BATCH) await insert(rows.slice(start, start + BATCH));
}

async function loadActors(tx: Tx, actors: ActorInput[], cast: Cast): Promise<Recorded[]> {
  await inBatches(actors, (batch) =>
    tx.actor.createMany({
      data: batch.map((actor) => ({
        id: cast.id(actor.slug),
        slug: actor.slug,
        kind: actor.kind,
        iso2: actor.iso2 ?? null,
        iso3: actor.iso3 ?? null,
        m49: actor.m49 ?? null,
        admittedOn: asDate(actor.admittedOn),
        m49Region: actor.m49Region ?? null,
        m49Subregion: actor.m49Subregion ?? null,
        note: actor.note ?? null,
        source: actor.source ?? null,
      })),
    }),
  );
  const names = actors.flatMap(({ slug, names }) => names.map((name) => ({ ...name, actorId: cast.id(slug) })));
  await inBatches(names, (batch) =>
    tx.actorName.createMany({
      data: batch.map(({ from, until, source, ...name }) => ({
        ...name,
        id: uuid7(),
        folded: foldName(name.name),
        validFrom: asDate(from),
        validUntil: asDate(until),
        source: source ?? null,
      })),
    }),
  );
  // As the product's own event of a new actor: the short name is one of the names.
  return actors.map(({ slug, kind, iso2, iso3, m49, names, admittedOn, m49Region, m49Subregion, note, source }) => ({
    type: "actor.recorded",
    subjectId: cast.id(slug),
    after: { kind, slug, iso2, iso3, m49, names, admittedOn, m49Region, m49Subregion, note, source },
  }));
}

async function loadMemberships(tx: Tx, { memberships }: ReferenceData, cast: Cast): Promise<Recorded[]> {
  const rows = memberships.map((membership) => ({ ...membership, id: uuid7() }));
  await inBatches(rows, (batch) =>
    tx.membership.createMany({
      data: batch.map(({ id, group, member, from, until, knownOn, source, note }) => {
        const { id: groupId, kind } = cast.register.party(cast.id(group));
        if (!KINDS_WITH_MEMBERS.has(kind)) throw new Error(`${group} is no group, so it has no members.`);
        return {
          id,
          groupId,
          memberId: cast.id(member),
          validFrom: asDate(from),
          validUntil: asDate(until),
          knownOn: asDate(knownOn),
          source,
          note: note ?? null,
        };
      }),
    }),
  );
  return rows.map(({ id, group, member, ...rest }) => ({
    type: "membership.recorded",
    subjectId: id,
    after: { group, member: cast.ref(cast.id(member)), ...rest },
  }));
}

export async function loadReports(
  tx: Tx,
  { reports }: Pick<RecordData, "reports">,
): Promise<{ ids: Map<string, string>; events: Recorded[] }> {
  const ids = new Map(reports.map(({ slug }) => [slug, uuid7()]));
  await tx.report.createMany({
    data: reports.map(({ publishedOn, symbol, summary, sourceUrl, requests: _, ...report }) => ({
      ...report,
      id: ids.get(report.slug) ?? "",
      symbol: symbol ?? null,
      publishedOn: asDate(publishedOn),
      summary: summary ?? null,
      sourceUrl: sourceUrl ?? null,
    })),
  });
  await tx.reportRequest.createMany({
    data: reports.flatMap(({ slug, requests }) =>
      requestRows(requests).map((row) => ({ ...row, id: uuid7(), reportId: ids.get(slug) ?? "" })),
    ),
  });
  return {
    ids,
    events: reports.map((after) => ({ type: "report.recorded", subjectId: ids.get(after.slug) ?? "", after })),
  };
}

function place({ startsOn, endsOn = startsOn, meetings }: DialogueInput): Placed {
  checkDays({ startsOn, endsOn, meetings });
  return { id: uuid7(), startsOn, meetings: meetings.map(({ date }) => ({ id: uuid7(), date })) };
}

export async function loadDialogues(
  tx: Tx,
  { dialogues }: Pick<RecordData, "dialogues">,
  reports: Map<string, string>,
): Promise<{ places: Map<string, Placed>; events: Recorded[] }> {
  const placed = dialogues.map((dialogue) => ({ ...dialogue, at: place(dialogue) }));
  await tx.dialogue.createMany({
    data: placed.map(({ at, slug, title, kind, ordinal, body, startsOn, endsOn, report, note, sourceUrl }) => {
      const reportId = report ? reports.get(report) : null;
      if (reportId === undefined) throw new Error(`${slug}: there is no report "${report}".`);
      return {
        id: at.id,
        slug,
        title,
        kind,
        ordinal: ordinal ?? null,
        body,
        startsOn: dateOf(startsOn),
        endsOn: dateOf(endsOn ?? startsOn),
        reportId,
        note: note ?? null,
        sourceUrl: sourceUrl ?? null,
      };
    }),
  });
  await tx.meeting.createMany({
    data: placed.flatMap(({ at, meetings }) =>
      at.meetings.map(({ id, date }, index) => ({
        id,
        dialogueId: at.id,
        number: index + 1,
        date: dateOf(date),
        label: meetings[index]?.label ?? "",
      })),
    ),
  });
  return {
    places: new Map(placed.map(({ slug, at }) => [slug, at])),
    events: placed.map(({ at, ...after }) => ({
      type: "dialogue.recorded",
      subjectId: at.id,
      dialogueId: at.id,
      after,
    })),
  };
}

/** Where a statement or figure belongs. Throws for a dialogue or meeting that is not in the files. */
function find(places: Map<string, Placed>, dialogue: string, meeting: number | null | undefined) {
  const at = places.get(dialogue);
  const held = meeting ? at?.meetings[meeting - 1] : null;
  if (!at || held === undefined)
    throw new Error(`There is no ${dialogue}${meeting ? ` with a meeting ${meeting}` : ""}.`);
  return { dialogueId: at.id, meetingId: held?.id ?? null, day: held?.date ?? at.startsOn };
}

export async function loadFigures(
  tx: Tx,
  { figures }: Pick<RecordData, "figures">,
  places: Map<string, Placed>,
  cast: Cast,
): Promise<Recorded[]> {
  const rows = figures.map((figure) => {
    if (!figure.dialogue) throw new Error(`A figure of ${figure.publisher} is about no dialogue.`);
    const { dialogueId, meetingId } = find(places, figure.dialogue, figure.meeting);
    return { id: uuid7(), dialogueId, meetingId, figure };
  });
  await tx.publishedFigure.createMany({
    data: rows.map(({ id, dialogueId, meetingId, figure }) => ({
      id,
      dialogueId,
      meetingId,
      groupId: figure.group ? cast.id(figure.group) : null,
      scope: figure.scope,
      unit: figure.unit,
      value: figure.value,
      printed: figure.printed ?? null,
      publisher: figure.publisher,
      publishedOn: asDate(figure.publishedOn),
      rule: figure.rule ?? null,
      sourceUrl: figure.sourceUrl,
      note: figure.note ?? null,
    })),
  });
  return rows.map(({ id, dialogueId, figure }) => ({
    type: "figure.recorded",
    subjectId: id,
    dialogueId,
    after: figure,
  }));
}

function prepare(statement: StatementRow, places: Map<string, Placed>, cast: Cast) {
  const { day, ...ids } = find(places, statement.dialogue, statement.meeting);
  const speakerId = cast.id(statement.speaker);
  const represents = partiesOf(statement.represents, cast);
  const problems = checkRepresentation({ speakerId, role: statement.role, day, represents }, cast.register);
  if (problems[0]) throw new Error(`${statement.dialogue}, statement ${statement.order}: ${problems[0].message}`);
  return {
    ...ids,
    id: uuid7(),
    speakerId,
    statement,
    representations: represents.map((row, index) => ({ ...row, id: uuid7(), position: index + 1 })),
  };
}

async function loadStatements(
  tx: Tx,
  { statements }: RecordData,
  places: Map<string, Placed>,
  cast: Cast,
): Promise<{ delivered: Delivered; events: Recorded[] }> {
  const rows = statements.map((statement) => prepare(statement, places, cast));
  await inBatches(rows, (batch) =>
    tx.statement.createMany({
      data: batch.map(({ id, dialogueId, meetingId, speakerId, statement }) => ({
        id,
        dialogueId,
        meetingId,
        speakerId,
        order: statement.order,
        role: statement.role,
        printed: statement.printed ?? null,
        language: statement.language ?? null,
        personName: statement.person?.name ?? null,
        personTitle: statement.person?.title ?? null,
        sourceUrl: statement.sourceUrl ?? null,
        note: statement.note ?? null,
      })),
    }),
  );
  const representations = rows.flatMap(({ id, representations }) =>
    representations.map((row) => ({ ...row, statementId: id })),
  );
  await inBatches(representations, (batch) =>
    tx.representation.createMany({
      data: batch.map(({ id, statementId, basis, actorId, position }) => ({
        id,
        statementId,
        basis,
        actorId,
        position,
      })),
    }),
  );
  await tx.exclusion.createMany({
    data: representations.flatMap(({ id, excluded }) => excluded.map((actorId) => ({ representationId: id, actorId }))),
  });
  return {
    delivered: new Map(
      rows.map(({ id, dialogueId, speakerId, statement }) => [
        deliveredKey(statement.dialogue, statement.order),
        { id, dialogueId, speakerId },
      ]),
    ),
    events: rows.map(({ id, dialogueId, statement }) => ({
      type: "statement.recorded",
      subjectId: id,
      dialogueId,
      after: { ...statement, withdrawn: null },
    })),
  };
}

/** Waits as long as loading may take, and until no other process is loading. */
export async function patiently(tx: Tx): Promise<void> {
  // The limits of a request are too short for a whole record on a busy machine, and for a second process, which waits
  // here until the first has loaded everything.
  await tx.$executeRaw`
    SELECT set_config(name, ${PATIENCE}, true)
    FROM unnest(ARRAY['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) AS name`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOADING})`;
}

/**
 * Gives a database that was filled before there was a codebook its first version. Returns the number of issues; null when it
 * has a codebook.
 */
export async function loadMissingCodebook(): Promise<number | null> {
  const reference = readReference();
  const caller = grant(systemIdentity(), "actor:edit");
  return write(
    caller,
    async (tx) => {
      await patiently(tx);
      if ((await tx.codebookVersion.count()) > 0) return null;
      const event = await loadCodebook(tx, reference);
      await recordAuditMany(tx, caller, [{ ...event, version: 1, before: null }]);
      return reference.issues.length;
    },
    TIMEOUT,
  );
}

/**
 * Fills an empty database with the committed data, as the system itself: one transaction, all or nothing, with an audit
 * event for every row that has a history. A database that holds any actor, report or dialogue is left as it is.
 * Reads DATABASE_URL. Throws an error that says what does not fit; nothing is loaded then.
 */
export async function load(extent: Extent): Promise<Loaded> {
  const reference = readReference();
  const record = extent === "record" ? readRecord() : null;
  const cast = castOf(reference);
  const caller = grant(systemIdentity(), "actor:edit");
  return write(
    caller,
    async (tx): Promise<Loaded> => {
      await patiently(tx);
      const present = [await tx.actor.count(), await tx.report.count(), await tx.dialogue.count()];
      if (present.some((count) => count > 0)) return null;

      const events = [
        ...(await loadActors(tx, reference.actors, cast)),
        ...(await loadMemberships(tx, reference, cast)),
        await loadCodebook(tx, reference),
      ];
      if (record) {
        const reports = await loadReports(tx, record);
        const dialogues = await loadDialogues(tx, record, reports.ids);
        events.push(...reports.events, ...dialogues.events);
        events.push(...(await loadFigures(tx, record, dialogues.places, cast)));
        const statements = await loadStatements(tx, record, dialogues.places, cast);
        const world = { dialogues: dialogues.places, statements: statements.delivered, cast };
        events.push(...statements.events, ...(await loadPositions(tx, record.positions, world)));
        const idOf = (slug: string): string => find(dialogues.places, slug, null).dialogueId;
        events.push(...(await loadVotes(tx, record, idOf, cast)));
      }
      await recordAuditMany(
        tx,
        caller,
        events.map((event) => ({ ...event, version: 1, before: null })),
      );
      return {
        actors: reference.actors.length,
        names: reference.actors.reduce((sum, { names }) => sum + names.length, 0),
        memberships: reference.memberships.length,
        issues: reference.issues.length,
        dialogues: record?.dialogues.length ?? 0,
        statements: record?.statements.length ?? 0,
        figures: record?.figures.length ?? 0,
        positions: record?.positions.length ?? 0,
        votes: record?.votes.length ?? 0,
      };
    },
    TIMEOUT,
  );
}
