import "server-only";
import type { Cast } from "@/features/actors/queries/register";
import { KINDS_WITH_MEMBERS } from "@/features/actors/schema";
import { recordAuditMany } from "@/features/audit/mutations";
import type { KindOfImport, Making, SourceRow, Understood } from "@/features/imports/mutations/kind";
import { errorAt } from "@/features/imports/mutations/kind";
import { findDialogues, findSpeakersOnRecord, type DialogueOfRows } from "@/features/imports/queries/dialogues";
import { growingCast, textsOf } from "@/features/imports/queries/people";
import { candidatesIn, readParties, type WrittenParty } from "@/features/imports/rules/on-behalf-of";
import { issuesOf, roleOf } from "@/features/imports/rules/rows";
import type { RowIssue } from "@/features/imports/schema";
import { checkRepresentation, type Represents } from "@/features/statements/rules";
import { parseRepresents, statementInput, type StatementInput } from "@/features/statements/schema";
import { DomainError, type Issue } from "@/lib/errors";
import { uuid7 } from "@/lib/uuid7";

type Taken = {
  dialogue: DialogueOfRows;
  speakerId: string;
  represents: Represents[];
  input: StatementInput;
  cast: Cast;
};

const FIELD_OF: Readonly<Record<string, string>> = { "person.name": "person", "person.title": "title" };
const PARTY_FIELDS = ["represents", "onBehalfOf"] as const;
const MOST_REMEMBERED = 20_000;

/** The place of a meeting in a dialogue, or undefined when it has none of that number. */
function meetingOf(dialogue: DialogueOfRows, number: number | null | undefined) {
  return number === null || number === undefined ? null : dialogue.meetings.find((one) => one.number === number);
}

/**
 * Statements, by the rules by which they are recorded one by one. Rows with a place get it, and what stands there moves on as
 * it would for a statement that is recorded in between; rows without go to the end, in the order of the file.
 */
export function statements({ tx, defaults, importId, column, taking }: Making): KindOfImport<Taken> {
  const texts = textsOf(tx);
  const actors = growingCast(tx);
  const checked = new Map<string, Issue[] | { warnings: Issue[] }>();
  const last = new Map<string, number>();
  const placed = new Set<string>();
  const dialogues = findDialogues(tx);

  const slugOf = ({ cells }: SourceRow): string | undefined => defaults["dialogue"] ?? cells.text("dialogue");
  const partiesText = ({ cells }: SourceRow): string | undefined =>
    cells.text("represents") ?? cells.text("onBehalfOf");

  function* textsIn(rows: SourceRow[]): Generator<string> {
    for (const one of rows) {
      for (const field of ["speaker", "iso3"]) yield one.cells.text(field) ?? "";
      const text = partiesText(one);
      if (text === undefined) continue;
      const notation = parseRepresents(text);
      if (!notation) yield* candidatesIn(text);
      for (const row of notation ?? []) {
        if (row.basis === "group") yield* [row.group, ...row.exclude];
        else if (row.basis !== "own") yield row.actor;
      }
    }
  }

  /** Who speaks: the code where there is one, else the name; an error when they are two different actors. */
  function speakerOf({ cells }: SourceRow, issues: RowIssue[]): string | null {
    const [code, name] = [cells.text("iso3"), cells.text("speaker")];
    const field = code === undefined ? "speaker" : "iso3";
    const text = code ?? name;
    if (text === undefined) {
      issues.push(errorAt(cells, "speaker", "Who spoke? This is needed."));
      return null;
    }
    const found = texts.one(text);
    if (typeof found === "string") {
      issues.push(errorAt(cells, field, found));
      return null;
    }
    const named = code === undefined || name === undefined ? [] : texts.matches(name);
    if (named.length > 0 && named.every(({ id }) => id !== found.id)) {
      issues.push(errorAt(cells, "iso3", `“${name}” is ${named[0]?.ref}, not ${code}. Correct one of them.`));
    }
    return found.id;
  }

  /** For whom, by id. The cell that says it is to blame for what is not understood. */
  function partiesOf(one: SourceRow, issues: RowIssue[]): Represents[] {
    const text = partiesText(one);
    const own: Represents[] = [{ basis: "own", actorId: null, excluded: [] }];
    if (text === undefined) return own;
    const { cells } = one;
    const field = cells.text("represents") === undefined ? "onBehalfOf" : "represents";
    const bases = cells.text("basis");
    const { parties, unknown } = readParties(text, (name) => {
      const found = texts.matches(name);
      if (found.length === 0) return null;
      const grouping =
        found.some(({ kind }) => KINDS_WITH_MEMBERS.has(kind)) && (bases === undefined || /group/.test(bases));
      return grouping ? "group" : "other";
    });
    if (unknown !== null) issues.push(errorAt(cells, field, `Nobody on record is called “${unknown}”.`));
    const idOf = (name: string): string => {
      const found = texts.one(name);
      if (typeof found !== "string") return found.id;
      issues.push(errorAt(cells, field, found));
      return "";
    };
    const rows = parties.map((party: WrittenParty): Represents => {
      if (party.basis === "own") return { basis: "own", actorId: null, excluded: [] };
      const excluded = party.basis === "group" ? party.exclude.map(idOf) : [];
      return { basis: party.basis, actorId: idOf(party.actor), excluded };
    });
    return rows.length > 0 ? rows : own;
  }

  /** The rules of representation, once for all rows that say the same. */
  function checkParties(
    taken: Omit<Taken, "input">,
    role: StatementInput["role"],
    day: string,
  ): Issue[] | { warnings: Issue[] } {
    const { speakerId, represents, cast } = taken;
    const key = JSON.stringify([speakerId, role, day, represents]);
    const known = checked.get(key);
    if (known) return known;
    if (checked.size > MOST_REMEMBERED) checked.clear();
    let result: Issue[] | { warnings: Issue[] };
    try {
      const proposal = { speakerId, role, day, represents };
      result = { warnings: checkRepresentation(proposal, cast.register, ({ id }) => cast.nameOn(id, day)) };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      result = error.issues;
    }
    checked.set(key, result);
    return result;
  }

  function inputOf({ cells }: SourceRow, speaker: string) {
    const name = cells.text("person");
    return statementInput.safeParse({
      speaker,
      printed: cells.text("printed"),
      role: roleOf(cells.text("role")),
      order: cells.text("order"),
      meeting: cells.text("meeting"),
      language: cells.text("language"),
      person: name === undefined ? null : { name, title: cells.text("title") },
      sourceUrl: cells.text("sourceUrl"),
      note: cells.prose("note"),
    });
  }

  type Half = {
    one: SourceRow;
    issues: RowIssue[];
    dialogue: DialogueOfRows | undefined;
    speakerId: string | null;
    represents: Represents[];
  };

  function understandOne(
    { one, issues, dialogue, speakerId, represents }: Half,
    cast: Cast,
    present: ReadonlySet<string>,
  ): Understood<Taken> {
    const { row, cells } = one;
    const none = { row, cells, issues, claims: [], value: null };
    if (!dialogue) {
      const slug = slugOf(one);
      issues.push(
        errorAt(
          cells,
          "dialogue",
          slug === undefined ? "Which dialogue? This is needed." : `There is no dialogue “${slug}”.`,
        ),
      );
    }
    const parsed = inputOf(one, speakerId ?? "unknown");
    if (!parsed.success) issues.push(...issuesOf(parsed.error, cells, (path) => FIELD_OF[path] ?? path));
    if (!dialogue || speakerId === null || !parsed.success || issues.some(({ level }) => level === "error"))
      return none;
    const input = parsed.data;
    const meeting = meetingOf(dialogue, input.meeting);
    if (meeting === undefined) {
      issues.push(errorAt(cells, "meeting", `This dialogue has no meeting ${input.meeting}.`));
      return none;
    }
    const value = { dialogue, speakerId, represents, input, cast };
    const day = meeting?.date ?? dialogue.startsOn;
    const result = checkParties(value, input.role, day);
    const field = PARTY_FIELDS.find((name) => cells.text(name) !== undefined) ?? "speaker";
    const at = (path: string[]): number | null => cells.column(path[0] === "role" ? "role" : field);
    const found = Array.isArray(result) ? result : result.warnings;
    const level = Array.isArray(result) ? ("error" as const) : ("warning" as const);
    issues.push(...found.map(({ path, message }) => ({ column: at(path), level, message })));
    if (present.has(`${dialogue.id} ${speakerId} ${input.role}`)) {
      const message = `${cast.nameOn(speakerId, day)} already has a statement in this role on record in this dialogue.`;
      issues.push({ column: cells.column("speaker") ?? cells.column("iso3"), level: "warning", message });
    }
    const claims =
      input.order === undefined
        ? []
        : [
            {
              field: "order",
              key: `${dialogue.id} ${input.order}`,
              words: `has place ${input.order} in this dialogue`,
            },
          ];
    return { row, cells, issues, claims, value: level === "error" && found.length > 0 ? null : value };
  }

  async function understand(rows: SourceRow[]): Promise<Understood<Taken>[]> {
    await texts.learn(textsIn(rows));
    const places = await dialogues.bySlug(rows.flatMap((one) => slugOf(one) ?? []));
    const halves = rows.map((one): Half => {
      const issues: RowIssue[] = [];
      const speakerId = speakerOf(one, issues);
      return { one, issues, speakerId, represents: partiesOf(one, issues), dialogue: places.get(slugOf(one) ?? "") };
    });
    const ids = halves.flatMap(({ speakerId, represents }) => [
      ...(speakerId === null ? [] : [speakerId]),
      ...represents.flatMap(({ actorId, excluded }) => [...(actorId ? [actorId] : []), ...excluded.filter(Boolean)]),
    ]);
    const cast = await actors.including(ids);
    const dialogueIds = [...places.values()].map(({ id }) => id);
    // Only worth a warning, which was read and accepted before the rows are taken.
    const present = taking ? new Set<string>() : await findSpeakersOnRecord(tx, dialogueIds);
    return halves.map((half) => understandOne(half, cast, present));
  }

  /** The place after the last one, of the dialogue and of the places that the file gives. Holds the dialogue from here on. */
  async function endOf(dialogueId: string): Promise<number> {
    const known = last.get(dialogueId);
    if (known !== undefined) return known;
    await tx.$queryRaw`SELECT id FROM dialogue WHERE id = ${dialogueId}::uuid FOR NO KEY UPDATE`;
    const place = (column("order") ?? -1) + 1;
    // Whatever the given places move on ends before the rows that have none.
    const [row] = await tx.$queryRaw<{ last: number }[]>`
      WITH given AS (
        SELECT count(*)::int AS places, coalesce(max(trim(cells[${place}::int])::int), 0) AS last FROM import_row
        WHERE import_id = ${importId}::uuid AND trim(cells[${place}::int]) ~ '^[0-9]{1,6}$')
      SELECT greatest(given.last,
        coalesce((SELECT max("order") FROM statement WHERE dialogue_id = ${dialogueId}::uuid), 0) + given.places) AS last
      FROM given`;
    last.set(dialogueId, row?.last ?? 0);
    return row?.last ?? 0;
  }

  async function take(caller: Parameters<KindOfImport<Taken>["take"]>[0], values: Taken[]): Promise<void> {
    const rows = [];
    for (const value of values) {
      const { dialogue, speakerId, represents, input } = value;
      const end = await endOf(dialogue.id);
      if (input.order === undefined) last.set(dialogue.id, end + 1);
      else placed.add(dialogue.id);
      rows.push({
        ...value,
        id: uuid7(),
        dialogueId: dialogue.id,
        speakerId,
        represents,
        order: input.order ?? end + 1,
      });
    }
    const stored = rows.map(({ id, dialogue, speakerId, order, input }) => ({
      id,
      dialogueId: dialogue.id,
      meetingId: meetingOf(dialogue, input.meeting)?.id ?? null,
      speakerId,
      order,
      role: input.role,
      printed: input.printed,
      language: input.language,
      personName: input.person?.name,
      personTitle: input.person?.title,
      sourceUrl: input.sourceUrl,
      note: input.note,
    }));
    await tx.$executeRaw`
      INSERT INTO statement (id, dialogue_id, meeting_id, speaker_id, "order", role, printed, language, person_name, person_title,
        source_url, note)
      SELECT id, "dialogueId", "meetingId", "speakerId", "order", role::"StatementRole", printed, language, "personName",
        "personTitle", "sourceUrl", note
      FROM jsonb_to_recordset(${JSON.stringify(stored)}::jsonb) AS stored (id uuid, "dialogueId" uuid, "meetingId" uuid,
        "speakerId" uuid, "order" int, role text, printed text, language text, "personName" text, "personTitle" text,
        "sourceUrl" text, note text)`;
    const parties = rows.flatMap(({ id, represents }) =>
      represents.map((party, index) => ({ ...party, id: uuid7(), statementId: id, position: index + 1 })),
    );
    await tx.$executeRaw`
      INSERT INTO representation (id, statement_id, basis, actor_id, position)
      SELECT id, "statementId", basis::"Basis", "actorId", position
      FROM jsonb_to_recordset(${JSON.stringify(parties)}::jsonb)
        AS party (id uuid, "statementId" uuid, basis text, "actorId" uuid, position int)`;
    const struck = parties.flatMap(({ id, excluded }) => excluded.map((actorId) => ({ id, actorId })));
    if (struck.length > 0) {
      await tx.$executeRaw`
        INSERT INTO exclusion (representation_id, actor_id)
        SELECT id, "actorId" FROM jsonb_to_recordset(${JSON.stringify(struck)}::jsonb) AS struck (id uuid, "actorId" uuid)`;
    }
    await recordAuditMany(
      tx,
      caller,
      rows.map(({ id, dialogue, order, speakerId, represents, input, cast }) => {
        const ref = (actorId: string | null): string => cast.brief(actorId ?? "").ref;
        const {
          printed = null,
          role,
          meeting = null,
          language = null,
          person = null,
          sourceUrl = null,
          note = null,
        } = input;
        const after = {
          dialogue: dialogue.slug,
          speaker: ref(speakerId),
          printed,
          role,
          order,
          meeting,
          language,
          person: person && { name: person.name, title: person.title ?? null },
          sourceUrl,
          note,
          represents: represents.map(({ basis, actorId, excluded }) => {
            if (basis === "own") return { basis };
            return basis === "group"
              ? { basis, group: ref(actorId), exclude: excluded.map(ref).sort() }
              : { basis, actor: ref(actorId) };
          }),
          withdrawn: null,
        };
        return {
          type: "statement.recorded" as const,
          subjectId: id,
          dialogueId: dialogue.id,
          version: 1,
          before: null,
          after,
        };
      }),
    );
  }

  /**
   * What stood at a place that the file gives moves on, all in order: the statement at place p goes to the p-th place that is
   * not given. Only where a given place was taken.
   */
  async function finish({ batchId }: Parameters<KindOfImport<Taken>["take"]>[0]): Promise<void> {
    for (const dialogueId of placed) {
      await tx.$executeRaw`
        WITH mine AS (
          SELECT statement.id, statement."order" FROM statement
            JOIN audit_event event ON event.subject_id = statement.id AND event.batch_id = ${batchId}::uuid
          WHERE statement.dialogue_id = ${dialogueId}::uuid),
        given AS (SELECT array_agg("order" - place ORDER BY "order") AS gaps FROM
          (SELECT "order", row_number() OVER (ORDER BY "order")::int AS place FROM mine) ranked),
        others AS (
          SELECT id, "order" FROM statement
          WHERE dialogue_id = ${dialogueId}::uuid AND id NOT IN (SELECT id FROM mine))
        UPDATE statement SET "order" = others."order" + width_bucket(others."order" - 1, given.gaps)
        FROM others, given
        WHERE statement.id = others.id AND EXISTS (SELECT FROM others JOIN mine USING ("order"))`;
    }
  }

  return { understand, take, finish };
}
