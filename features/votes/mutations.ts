import "server-only";
import { findActorIds } from "@/features/actors/queries/resolve";
import { printedName, WITH_NAMES } from "@/features/actors/queries/actor";
import { slugify } from "@/features/actors/rules";
import { recordAudit } from "@/features/audit/mutations";
import type { Snapshot } from "@/features/audit/schema";
import { getDialogue } from "@/features/dialogues/queries";
import { getRollCall, memberStatesOn, type MemberOfDay, type RollCallDto } from "@/features/votes/queries/votes";
import { readPasted, type VotePreview } from "@/features/votes/queries/pasted";
import { checkResult, voterIssues } from "@/features/votes/rules";
import {
  RESULT_FIELDS,
  VOTE_VALUES,
  type VoteForm,
  type VoteInput,
  type VotePatch,
  type VoteRevisionForm,
  type VoteValue,
} from "@/features/votes/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { refuse } from "@/lib/db-errors";
import { DomainError, invalid, type Issue } from "@/lib/errors";
import { dateOf, formatList, type Day } from "@/lib/format";

type Editor = Caller<"vote:edit">;

const TAKEN = {
  recorded_vote_slug_key: invalid("slug", "Another recorded vote has this address."),
  recorded_vote_symbol_key: invalid("symbol", "Another recorded vote has this symbol."),
};

/** What the audit trail keeps of a roll call: the votes as lists of states. */
export function snapshot({
  slug,
  symbol,
  title,
  date,
  dialogue,
  result,
  votes,
  sourceUrl,
  note,
}: RollCallDto): Snapshot {
  const byValue = Object.fromEntries(
    VOTE_VALUES.map((value) => [value, votes.filter((vote) => vote.value === value).map(({ actor }) => actor)]),
  );
  return { slug, symbol, title, date, dialogue, result, votes: byValue, sourceUrl, note };
}

type Resolved = { actorId: string; value: VoteValue; printed: string | null };

/** The votes by actor. Throws INVALID with every row that names nobody, somebody twice, or somebody who had no vote that day. */
async function resolveVotes(
  tx: Tx,
  votes: VoteInput["votes"],
  day: Day,
  membersOfDay: readonly MemberOfDay[],
): Promise<Resolved[]> {
  const ids = await findActorIds(
    tx,
    votes.map(({ actor }) => actor),
  );
  const unknown = votes.flatMap(({ actor }, row) =>
    ids.has(actor) ? [] : [{ path: ["votes", String(row), "actor"], message: `There is no actor "${actor}".` }],
  );
  const members = new Map(membersOfDay.map((member) => [member.id, member.name]));
  const others = await tx.actor.findMany({
    where: { id: { in: [...ids.values()].filter((id) => !members.has(id)) } },
    include: WITH_NAMES,
  });
  const names = new Map([...members, ...others.map((actor) => [actor.id, printedName(actor, day)] as const)]);
  const voters = votes.flatMap(({ actor }, row) => {
    const id = ids.get(actor);
    return id === undefined ? [] : [{ row, id, name: names.get(id) ?? actor, isMember: members.has(id) }];
  });
  const issues = [...unknown, ...voterIssues(voters)];
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
  return votes.map(({ actor, value, printed }) => ({
    actorId: ids.get(actor) ?? "",
    value,
    printed: printed ?? null,
  }));
}

/** Checks a roll call as a whole: who is listed, and whether the votes add up to what the record states. */
async function check(
  tx: Tx,
  { votes, date, result }: Pick<VoteInput, "votes" | "date" | "result">,
): Promise<Resolved[]> {
  const members = await memberStatesOn(tx, date);
  const resolved = await resolveVotes(tx, votes, date, members);
  const listed = new Set(resolved.map(({ actorId }) => actorId));
  const missing = members.filter(({ id }) => !listed.has(id)).map(({ name }) => name);
  checkResult(result, votes, missing);
  return resolved;
}

async function dialogueId(tx: Tx, ref: string | null | undefined): Promise<string | null> {
  if (!ref) return null;
  const found = await getDialogue(tx, ref).catch((error) => {
    if (error instanceof DomainError && error.code === "NOT_FOUND") {
      throw invalid("dialogue", `There is no dialogue "${ref.slice(0, 80)}".`);
    }
    throw error;
  });
  return found.id;
}

/**
 * Records a roll call. Throws INVALID with the rows that name nobody or somebody twice, and with the difference in words when
 * the votes do not add up to the stated result.
 */
export async function recordVote(caller: Editor, input: VoteInput): Promise<RollCallDto> {
  return write(caller, (tx) => insertVote(tx, caller, input));
}

async function insertVote(tx: Tx, caller: Editor, input: VoteInput): Promise<RollCallDto> {
  const votes = await check(tx, input);
  const { slug, symbol, title, date, dialogue, result, sourceUrl, note } = input;
  const heldAt = await dialogueId(tx, dialogue);
  const { id } = await tx.recordedVote
    .create({
      data: {
        ...result,
        slug,
        title,
        symbol: symbol ?? null,
        date: dateOf(date),
        dialogueId: heldAt,
        sourceUrl: sourceUrl ?? null,
        note: note ?? null,
      },
      select: { id: true },
    })
    .catch((error) => refuse(error, TAKEN));
  await tx.vote.createMany({ data: votes.map((vote) => ({ ...vote, recordedVoteId: id })) });
  const rollCall = await getRollCall(tx, id);
  await recordAudit(tx, caller, {
    type: "vote.recorded",
    subjectId: id,
    ...(heldAt ? { dialogueId: heldAt } : {}),
    version: rollCall.version,
    before: null,
    after: snapshot(rollCall),
  });
  return rollCall;
}

/** What became of a pasted roll call: read only, or recorded under an address. */
export type PastedVote = { preview: VotePreview; slug: string | null };

/** What a roll call has to say before it can be recorded, and what is not clear in its list. */
function pastedIssues(form: Omit<VoteForm, "choices">, { rows, problems }: VotePreview): Issue[] {
  const { title, result = {} } = form;
  const issues: Issue[] = [];
  if (title === undefined) issues.push({ path: ["title"], message: "This is needed." });
  for (const field of Object.values(RESULT_FIELDS)) {
    if (result[field] === undefined) {
      issues.push({ path: ["result", field], message: "Say what the record states: the list is checked against it." });
    }
  }
  for (const { line, message } of problems) issues.push({ path: ["text"], message: `Line ${line}: ${message}` });
  const unclear = [...new Set(rows.flatMap(({ actor, printed }) => (actor ? [] : [printed])))];
  if (unclear.length > 0) {
    const names = formatList(unclear.slice(0, 5).map((printed) => `"${printed}"`));
    const more = unclear.length > 5 ? `, and ${unclear.length - 5} more` : "";
    issues.push({ path: ["text"], message: `Say who is meant by ${names}${more}.` });
  }
  return issues;
}

/**
 * Reads a pasted roll call, and with the step "record" records it. INVALID names what is missing, unclear or does not add up;
 * nothing is written then.
 */
export async function recordPasted(
  caller: Editor,
  form: VoteForm,
  pasted: Parameters<typeof readPasted>[2],
): Promise<PastedVote> {
  return write(caller, async (tx) => {
    const preview = await readPasted(tx, form, pasted);
    if (form.step === "preview") return { preview, slug: null };
    const { title = "", date, symbol, dialogue, sourceUrl, note } = form;
    const issues = pastedIssues(form, preview);
    if (issues.length > 0) throw new DomainError({ code: "INVALID", issues, current: preview });
    const slug = form.slug ?? slugify(symbol ?? `${title} ${date}`);
    const input = { slug, title, date, symbol, dialogue, sourceUrl, note, ...listedIn(form, preview) };
    const { slug: recorded } = await ofText(preview, insertVote(tx, caller, input));
    return { preview, slug: recorded };
  });
}

/** The result that the form states, and the votes of its list as they were understood. */
function listedIn(
  { result = {} }: Pick<VoteForm, "result">,
  { rows }: VotePreview,
): Pick<VoteInput, "result" | "votes"> {
  const { yes = 0, no = 0, abstain = 0, notVoting = 0 } = result;
  return {
    result: { yes, no, abstain, notVoting },
    votes: rows.map(({ actor, value, printed }) => ({ actor: actor?.ref ?? "", value, printed })),
  };
}

/** A row of the list is a line of the text. */
async function ofText<T>(preview: VotePreview, writing: Promise<T>): Promise<T> {
  return writing.catch((error) => {
    if (!(error instanceof DomainError) || error.code === "STALE") throw error;
    const { code, message, issues } = error;
    const moved = issues.map((issue) => (issue.path[0] === "votes" ? { ...issue, path: ["text"] } : issue));
    throw new DomainError({ code, message, issues: moved, current: preview });
  });
}

/**
 * As `recordPasted` for a roll call that is on record, from a version. Names that it has keep whom they mean, and what the record
 * printed; STALE with the present one when somebody was faster.
 */
export async function revisePasted(
  caller: Editor,
  form: VoteRevisionForm,
  pasted: Parameters<typeof readPasted>[2],
): Promise<PastedVote> {
  return write(caller, async (tx) => {
    const before = await getRollCall(tx, form.current);
    if (before.version !== form.version) throw new DomainError({ code: "STALE", current: before });
    const known = before.votes.map(({ actor, name, printed }) => ({ actor, printed: printed ?? name }));
    const preview = await readPasted(tx, { date: form.date, choices: [...known, ...form.choices] }, pasted);
    if (form.step === "preview") return { preview, slug: null };
    const issues = pastedIssues(form, preview);
    if (issues.length > 0) throw new DomainError({ code: "INVALID", issues, current: preview });
    const unprinted = new Set(before.votes.flatMap(({ name, printed }) => (printed === null ? [name] : [])));
    const { result, votes } = listedIn(form, preview);
    const { slug } = await ofText(
      preview,
      updateVote(tx, caller, before, form.version, {
        slug: form.slug ?? before.slug,
        title: form.title,
        date: form.date,
        symbol: form.symbol ?? null,
        dialogue: form.dialogue ?? null,
        sourceUrl: form.sourceUrl ?? null,
        note: form.note ?? null,
        result,
        votes: votes.map((vote) => (unprinted.has(vote.printed ?? "") ? { ...vote, printed: null } : vote)),
      }),
    );
    return { preview, slug };
  });
}

/** Changes a roll call from a version; STALE with the present one when somebody was faster. The whole is checked as a new one. */
export async function reviseVote(caller: Editor, ref: string, version: number, patch: VotePatch): Promise<RollCallDto> {
  return write(caller, async (tx) => updateVote(tx, caller, await getRollCall(tx, ref), version, patch));
}

async function updateVote(
  tx: Tx,
  caller: Editor,
  before: RollCallDto,
  version: number,
  patch: VotePatch,
): Promise<RollCallDto> {
  const { votes, result, date, dialogue, ...rest } = patch;
  const changed = await tx.recordedVote
    .updateMany({
      where: { id: before.id, version },
      data: {
        ...rest,
        ...result,
        ...(date ? { date: dateOf(date) } : {}),
        ...("dialogue" in patch ? { dialogueId: await dialogueId(tx, dialogue) } : {}),
        version: { increment: 1 },
        updatedAt: new Date(),
      },
    })
    .catch((error) => refuse(error, TAKEN));
  if (changed.count === 0) throw new DomainError({ code: "STALE", current: await getRollCall(tx, before.id) });
  const resolved = await check(tx, {
    votes: votes ?? before.votes,
    result: result ?? before.result,
    date: date ?? before.date,
  });
  if (votes) {
    await tx.vote.deleteMany({ where: { recordedVoteId: before.id } });
    await tx.vote.createMany({ data: resolved.map((vote) => ({ ...vote, recordedVoteId: before.id })) });
  }
  const rollCall = await getRollCall(tx, before.id);
  const heldAt = rollCall.dialogue ? await dialogueId(tx, rollCall.dialogue) : null;
  await recordAudit(tx, caller, {
    type: "vote.revised",
    subjectId: before.id,
    ...(heldAt ? { dialogueId: heldAt } : {}),
    version: rollCall.version,
    before: snapshot(before),
    after: snapshot(rollCall),
  });
  return rollCall;
}
