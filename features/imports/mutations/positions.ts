import "server-only";
import { recordAuditMany } from "@/features/audit/mutations";
import { findCurrentVersion, findIssueIds } from "@/features/codebook/queries/codebook";
import {
  errorAt,
  type Importer,
  type KindOfImport,
  type Making,
  type SourceRow,
  type Understood,
} from "@/features/imports/mutations/kind";
import { findDialogues, type DialogueOfRows } from "@/features/imports/queries/dialogues";
import { textsOf } from "@/features/imports/queries/people";
import {
  findAttributed,
  findCoded,
  findDelivered,
  type DeliveredStatement,
} from "@/features/imports/queries/positions";
import { codeOfCell, issuesOf } from "@/features/imports/rules/rows";
import type { RowIssue } from "@/features/imports/schema";
import { checkPositions } from "@/features/positions/rules/input";
import {
  OCCASION_NAMES,
  OCCASIONS,
  POSITION_KIND_NAMES,
  POSITION_KINDS,
  positionInput,
  type Occasion,
} from "@/features/positions/schema";
import { recordQuotations, refusedQuotes } from "@/features/sources/mutations/quotations";
import { DomainError, invalid } from "@/lib/errors";
import { uuid7 } from "@/lib/uuid7";
import { z } from "zod";

/** A vote is what a source attributes, never what a statement says: the form that codes statements has none. */
const rowInput = positionInput.extend({
  kind: z.enum(POSITION_KINDS, "This is no kind of coding.").default("position"),
  occasion: z.enum(OCCASIONS, "There is no such occasion."),
  year: z.coerce
    .number("A year is a number.")
    .int("A year is a whole number.")
    .min(1945, "A year is 1945 or later.")
    .max(2200),
  sourceUrl: positionInput.shape.note.pipe(z.url({ protocol: /^https?$/, error: "Give a web address." }).nullish()),
});
type RowInput = z.output<typeof rowInput>;

type Taken = {
  statement: DeliveredStatement | null;
  dialogue: DialogueOfRows | null;
  actor: { id: string; ref: string };
  through: { id: string; ref: string } | null;
  issueId: string;
  input: RowInput;
};

type Where = Pick<Taken, "statement" | "dialogue" | "actor" | "through">;

/**
 * Positions, by the rules by which statements are coded, added to what is coded already. A row names a statement by its dialogue
 * and place, or says what a source attributes to an actor at a dialogue or on another occasion. It is no coding of the whole
 * statement: what no row says is not coded, rather than not addressed.
 */
export function positions({ tx, taking }: Making): KindOfImport<Taken> {
  const texts = textsOf(tx);
  const dialogues = findDialogues(tx);
  const issues = new Map<string, string | null>();
  let version: { id: string; number: number } | null = null;

  async function learnIssues(codes: string[]): Promise<void> {
    version ??= await findCurrentVersion(tx);
    if (!version) throw invalid("", "There is no published version of the codebook to code by.");
    const unknown = codes.filter((code) => !issues.has(code));
    const found = await findIssueIds(tx, unknown, version.number);
    for (const code of unknown) issues.set(code, found.get(code) ?? null);
  }

  /** Who the row is about, where and in which statement; null after an error was added. */
  function whereOf(
    { cells }: SourceRow,
    found: RowIssue[],
    places: Map<string, DialogueOfRows>,
    delivered: ReadonlyMap<string, DeliveredStatement>,
  ): Where | null {
    const wrong = (field: string, message: string) => void found.push(errorAt(cells, field, message));
    const [slug, order, name, through] = ["dialogue", "statement", "actor", "through"].map((field) =>
      cells.text(field),
    );
    const one = (field: string, text: string | undefined) => {
      const match = text === undefined ? null : texts.one(text);
      if (typeof match !== "string") return match;
      wrong(field, match);
      return null;
    };
    const dialogue = slug === undefined ? null : (places.get(slug) ?? null);
    if (slug !== undefined && !dialogue) wrong("dialogue", `There is no dialogue “${slug}”.`);
    const given = one("actor", name);
    const group = one("through", through);
    const statement = (dialogue && order !== undefined && delivered.get(`${dialogue.id} ${order}`)) || null;
    if (order !== undefined && slug === undefined) wrong("dialogue", "Which dialogue? A statement belongs to one.");
    if (order !== undefined && dialogue && !statement)
      wrong("statement", `This dialogue has no statement at place ${order}.`);
    if (statement?.withdrawn) wrong("statement", "This statement is withdrawn: restore it, then code it.");
    if (statement && given && given.id !== statement.speakerId)
      wrong("actor", `This statement is not by ${given.name}, but by ${statement.speaker}.`);
    if (order === undefined && name === undefined) wrong("actor", "Whose position is it? This is needed.");
    if (found.length > 0) return null;
    const actor = statement ? { id: statement.speakerId, ref: statement.speaker } : given;
    return actor && { statement, dialogue, actor, through: group };
  }

  function inputOf({ cells }: SourceRow, { dialogue }: Where) {
    const year = cells.text("year");
    return rowInput.safeParse({
      issue: cells.text("issue"),
      kind: codeOfCell(cells.text("kind"), POSITION_KIND_NAMES),
      value: cells.text("value")?.toLowerCase(),
      quote: cells.prose("quote"),
      noQuoteReason: cells.text("noQuoteReason"),
      note: cells.prose("note"),
      confidence: cells.text("confidence")?.toLowerCase(),
      sourceUrl: cells.text("sourceUrl"),
      occasion: codeOfCell(cells.text("occasion"), OCCASION_NAMES) ?? (dialogue ? "dialogue" : undefined),
      year: year ?? dialogue?.startsOn.slice(0, 4),
    });
  }

  function ruleIssues({ cells }: SourceRow, { statement, dialogue }: Where, input: RowInput): RowIssue[] {
    const found: RowIssue[] = [];
    const wrong = (field: string, message: string) => void found.push(errorAt(cells, field, message));
    const { kind, occasion, year, ...rest } = input;
    try {
      // A vote, which statements have none of, has what a signature has.
      checkPositions([{ ...rest, kind: kind === "vote" ? "signature" : kind }]);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      for (const { path, message } of error.issues) wrong(path[1] ?? "issue", message);
    }
    if (statement && kind === "vote") wrong("kind", "A statement holds no vote. Leave its place out.");
    if (statement && occasion !== "dialogue") wrong("occasion", "A statement is made at a dialogue.");
    if (!statement && input.quote) wrong("quote", "Only words of a statement on record can be quoted: give its place.");
    if (!dialogue && occasion === "dialogue") wrong("dialogue", "Name the dialogue, or another occasion.");
    if (dialogue && occasion === "dialogue" && Number(dialogue.startsOn.slice(0, 4)) !== year)
      wrong("year", `This dialogue was held in ${dialogue.startsOn.slice(0, 4)}.`);
    if (!issues.get(input.issue)) wrong("issue", `The codebook has no issue "${input.issue}".`);
    return found;
  }

  function understandOne(
    one: SourceRow,
    places: Map<string, DialogueOfRows>,
    delivered: ReadonlyMap<string, DeliveredStatement>,
  ): Understood<Taken> {
    const { row, cells } = one;
    const found: RowIssue[] = [];
    const none = { row, cells, issues: found, claims: [], value: null };
    const where = whereOf(one, found, places, delivered);
    if (!where) return none;
    const parsed = inputOf(one, where);
    if (!parsed.success) {
      found.push(...issuesOf(parsed.error, cells, (path) => path));
      return none;
    }
    const input = parsed.data;
    found.push(...ruleIssues(one, where, input));
    if (found.length > 0) return none;
    const issueId = issues.get(input.issue) ?? "";
    const claims = where.statement
      ? [
          {
            field: "issue",
            key: `${where.statement.id} ${issueId} ${input.kind}`,
            words: `has a ${input.kind} on ${input.issue} in this statement`,
          },
        ]
      : [];
    return { row, cells, issues: found, claims, value: { ...where, issueId, input } };
  }

  /** Words that are in none of a statement's texts. One statement after the other: no more than its texts are in memory. */
  async function checkQuotes(understood: Understood<Taken>[]): Promise<void> {
    for (const [id, rows] of quotingRows(understood)) {
      const quotes = rows.map(({ value }) => ({ quote: value?.input.quote ?? "" }));
      for (const [index, refusal] of (await refusedQuotes(tx, id, quotes)).entries()) {
        const one = rows[index];
        if (refusal === null || !one) continue;
        one.issues.push(errorAt(one.cells, "quote", refusal));
        one.value = null;
      }
    }
  }

  const understand: KindOfImport<Taken>["understand"] = async (rows) => {
    await texts.learn(rows.flatMap(({ cells }) => ["actor", "through"].flatMap((field) => cells.text(field) ?? [])));
    await learnIssues([...new Set(rows.flatMap(({ cells }) => cells.text("issue") ?? []))]);
    const places = await dialogues.bySlug(rows.flatMap(({ cells }) => cells.text("dialogue") ?? []));
    const delivered = await findDelivered(
      tx,
      rows.flatMap(({ cells }) => {
        const [dialogue, order] = [places.get(cells.text("dialogue") ?? ""), cells.text("statement")];
        return dialogue && order !== undefined && /^[0-9]{1,6}$/.test(order) ? [{ dialogue: dialogue.id, order }] : [];
      }),
    );
    const understood = rows.map((one) => understandOne(one, places, delivered));
    const values = understood.flatMap(({ value }) => value ?? []);
    const coded = await findCoded(
      tx,
      values.flatMap(({ statement }) => statement?.id ?? []),
    );
    // Only worth a warning, which was read before the rows are taken.
    const attributed = taking
      ? new Set<string>()
      : await findAttributed(
          tx,
          values.map(({ actor }) => actor.id),
        );
    for (const one of understood) {
      if (!one.value) continue;
      const { statement, dialogue, actor, issueId, input } = one.value;
      if (statement && coded.has(`${statement.id} ${issueId} ${input.kind}`)) {
        one.issues.push(
          errorAt(one.cells, "issue", `This statement has a ${input.kind} on ${input.issue} on record already.`),
        );
        one.value = null;
      } else if (
        attributed.has([dialogue?.id ?? input.year, actor.id, issueId, input.kind, input.occasion].join(" "))
      ) {
        const message = `${actor.ref} has a ${input.kind} on ${input.issue} on this occasion on record already.`;
        if (!statement) one.issues.push({ column: one.cells.column("issue"), level: "warning", message });
      }
    }
    if (!taking) await checkQuotes(understood);
    return understood;
  };

  async function quotationsFor(caller: Importer, values: Taken[]): Promise<Map<Taken, string>> {
    const ids = new Map<Taken, string>();
    const rows = values.map((value) => ({ value }));
    for (const [statementId, quoting] of quotingRows(rows)) {
      const inputs = quoting.map(({ value }) => ({ quote: value.input.quote ?? "" }));
      const quoted = await recordQuotations(tx, caller, statementId, inputs);
      for (const [index, { quotation }] of quoted.entries()) {
        const one = quoting[index];
        if (one) ids.set(one.value, quotation.id);
      }
    }
    return ids;
  }

  const take: KindOfImport<Taken>["take"] = async (caller, values) => {
    const statementIds = [...new Set(values.flatMap(({ statement }) => statement?.id ?? []))];
    // As whoever codes a statement holds it. A form that was opened before does not fit what is coded by now.
    await tx.$queryRaw`
      SELECT id FROM statement WHERE id = ANY(${statementIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
    await tx.$executeRaw`
      UPDATE coding SET version = version + 1, updated_at = now() WHERE statement_id = ANY(${statementIds}::uuid[])`;
    const quotations = await quotationsFor(caller, values);
    const codebook = version?.number ?? 0;
    const rows = values.map((value) => {
      const { statement, dialogue, actor, through, issueId, input } = value;
      const { issue: _, quote: __, note = null, confidence = null, sourceUrl = null, ...rest } = input;
      return {
        ...rest,
        id: uuid7(),
        value: input.value ?? null,
        note,
        confidence,
        sourceUrl,
        statementId: statement?.id ?? null,
        dialogueId: dialogue?.id ?? null,
        actorId: actor.id,
        throughId: through?.id ?? null,
        issueId,
        quotationId: quotations.get(value) ?? null,
        noQuoteReason: input.noQuoteReason ?? null,
      };
    });
    await tx.$executeRaw`
      INSERT INTO position (id, kind, occasion, statement_id, dialogue_id, actor_id, year, issue_id, version_id, value, quotation_id,
        no_quote_reason, note, confidence, source_url, through_id, coder_id, coder_name)
      SELECT id, kind::"PositionKind", occasion::"Occasion", "statementId", "dialogueId", "actorId", year, "issueId",
        ${version?.id}::uuid, value::"PositionValue", "quotationId", "noQuoteReason", note, confidence::"Confidence", "sourceUrl",
        "throughId", ${caller.userId}::uuid, ${caller.userName}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS stored (id uuid, kind text, occasion text, "statementId" uuid,
        "dialogueId" uuid, "actorId" uuid, year int, "issueId" uuid, value text, "quotationId" uuid, "noQuoteReason" text, note text,
        confidence text, "sourceUrl" text, "throughId" uuid)`;
    await recordAuditMany(
      tx,
      caller,
      rows.map(
        (
          { id, kind, occasion, year, value, dialogueId, noQuoteReason, note, confidence, sourceUrl, ...row },
          index,
        ) => ({
          type: "position.recorded" as const,
          subjectId: id,
          ...(dialogueId ? { dialogueId } : {}),
          version: 1,
          before: null,
          after: {
            dialogue: values[index]?.dialogue?.slug ?? null,
            year,
            occasion: occasion satisfies Occasion,
            actor: values[index]?.actor.ref ?? null,
            statement: row.statementId,
            issue: values[index]?.input.issue ?? null,
            kind,
            value,
            quote: values[index]?.input.quote ?? null,
            quotation: row.quotationId,
            noQuoteReason,
            through: values[index]?.through?.ref ?? null,
            note,
            confidence,
            sourceUrl,
            codebook,
          },
        }),
      ),
    );
  };

  return { understand, take };
}

/** Rows that quote, by statement. */
function quotingRows<Row extends { value: Taken | null }>(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const one of rows) {
    if (!one.value?.statement || !one.value.input.quote) continue;
    const { id } = one.value.statement;
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return groups;
}
