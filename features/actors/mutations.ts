import "server-only";
import { findActorIds, findActorsByText } from "@/features/actors/queries/resolve";
import { getActor } from "@/features/actors/queries/actor";
import { getMembership } from "@/features/actors/queries/members";
import { refOf } from "@/features/actors/queries/register";
import { foldName, slugify, type ActorKind } from "@/features/actors/rules";
import {
  KIND_NAMES,
  KINDS_WITH_MEMBERS,
  type ActorDto,
  type ActorPatch,
  type MembershipDto,
  type MembershipInput,
  type MembershipPatch,
  type NameInput,
  type NewActor,
} from "@/features/actors/schema";
import { recordAudit } from "@/features/audit/mutations";
import type { Snapshot } from "@/features/audit/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { refuse } from "@/lib/db-errors";
import { DomainError, invalid } from "@/lib/errors";
import { dateOf } from "@/lib/format";

type Editor = Caller<"actor:edit">;

/** Fresh each time: an error carries the stack of where it was made. */
function actorRefusals(): Record<string, DomainError> {
  return {
    actor_slug_key: invalid("slug", "Another actor has this address."),
    actor_iso2_key: invalid("iso2", "Another actor has this code."),
    actor_iso3_key: invalid("iso3", "Another actor has this code."),
    actor_m49_key: invalid("m49", "Another actor has this code."),
    actor_name_actor_id_name_kind_language_key: invalid("names", "The same name is there twice."),
  };
}

/** What the audit trail keeps of an actor. */
export function actorSnapshot(actor: ActorDto): Snapshot {
  const { kind, slug, iso2, iso3, m49, names, admittedOn, m49Region, m49Subregion, note, source } = actor;
  return { kind, slug, iso2, iso3, m49, names, admittedOn, m49Region, m49Subregion, note, source };
}

function checkCode(kind: ActorKind, iso3: string | null | undefined): void {
  // Routes and lists name an actor by its ISO3 code when it has one; groups go by their slug.
  if (iso3 && kind !== "member_state" && kind !== "observer") {
    throw invalid("iso3", `Only states and observers have an ISO3 code, not a ${KIND_NAMES[kind].one.toLowerCase()}.`);
  }
}

function nameRow({ name, kind, language, from, until, source }: NameInput) {
  return {
    name,
    folded: foldName(name),
    kind,
    language,
    validFrom: from ? dateOf(from) : null,
    validUntil: until ? dateOf(until) : null,
    source: source ?? null,
  };
}

function shortName(name: string): NameInput {
  return { name, kind: "short", language: "en" };
}

function isShort({ kind, language, from, until }: NameInput): boolean {
  return kind === "short" && language === "en" && !from && !until;
}

/** `names` with `name` as the short name for all days: it takes the place of the one that is there. */
function withShortName(name: string | undefined, names: NameInput[]): NameInput[] {
  return name === undefined ? names : [shortName(name), ...names.filter((other) => !isShort(other))];
}

/** Columns for the fields that were given; what is absent is left out, null clears. */
function columns(patch: ActorPatch) {
  const { admittedOn, ...rest } = patch;
  const own = Object.entries(rest).filter(
    ([field, value]) => value !== undefined && field !== "name" && field !== "names",
  );
  return {
    ...Object.fromEntries(own),
    ...(admittedOn === undefined ? {} : { admittedOn: admittedOn && dateOf(admittedOn) }),
  };
}

async function auditActor(tx: Tx, caller: Editor, before: ActorDto | null, after: ActorDto): Promise<void> {
  await recordAudit(tx, caller, {
    type: before ? "actor.revised" : "actor.recorded",
    subjectId: after.id,
    version: after.version,
    before: before && actorSnapshot(before),
    after: actorSnapshot(after),
  });
}

function slugFrom(name: string): string {
  const slug = slugify(name);
  if (slug === "") throw invalid("slug", "No address can be made from this name. Write one in ASCII letters.");
  return slug;
}

/** Records an actor inside a transaction that is already open; `recordActor` opens one. */
export async function insertActor(tx: Tx, caller: Editor, input: NewActor): Promise<ActorDto> {
  const { kind, name, names } = input;
  const slug = input.slug ?? slugFrom(name);
  checkCode(kind, input.iso3);
  const { id } = await tx.actor
    .create({
      data: { ...columns(input), kind, slug, names: { create: withShortName(name, names).map(nameRow) } },
      select: { id: true },
    })
    .catch((error: unknown) => refuse(error, actorRefusals()));
  const actor = await getActor(tx, id);
  await auditActor(tx, caller, null, actor);
  return actor;
}

/**
 * Records an actor with its names. Without a slug it gets one from its name. Throws INVALID when its slug or a code is
 * taken.
 */
export async function recordActor(caller: Editor, input: NewActor): Promise<ActorDto> {
  return write(caller, (tx) => insertActor(tx, caller, input));
}

async function refuseChangeOfKind(tx: Tx, actor: ActorDto, kind: ActorKind): Promise<void> {
  if (KINDS_WITH_MEMBERS.has(kind)) return;
  const members = await tx.membership.count({ where: { groupId: actor.id } });
  if (members > 0)
    throw invalid("kind", `${actor.name} has members, which a ${KIND_NAMES[kind].one.toLowerCase()} cannot have.`);
}

async function replaceNames(tx: Tx, id: string, names: NameInput[]): Promise<void> {
  if (names.length === 0) throw invalid("names", "An actor needs a name.");
  await tx.actorName.deleteMany({ where: { actorId: id } });
  await tx.actorName
    .createMany({ data: names.map((name) => ({ actorId: id, ...nameRow(name) })) })
    .catch((error: unknown) => refuse(error, actorRefusals()));
}

/** Changes an actor. `version` is the one that the change was made from; STALE with the present record otherwise. */
export async function reviseActor(caller: Editor, ref: string, version: number, patch: ActorPatch): Promise<ActorDto> {
  return write(caller, async (tx) => {
    const before = await getActor(tx, ref);
    const changed = await tx.actor
      .updateMany({
        where: { id: before.id, version },
        data: { ...columns(patch), version: { increment: 1 }, updatedAt: new Date() },
      })
      .catch((error: unknown) => refuse(error, actorRefusals()));
    if (changed.count === 0) throw new DomainError({ code: "STALE", current: await getActor(tx, before.id) });
    checkCode(patch.kind ?? before.kind, patch.iso3 === undefined ? before.iso3 : patch.iso3);
    if (patch.kind) await refuseChangeOfKind(tx, before, patch.kind);
    if (patch.name !== undefined || patch.names) {
      await replaceNames(tx, before.id, withShortName(patch.name, patch.names ?? before.names));
    }
    const actor = await getActor(tx, before.id);
    await auditActor(tx, caller, before, actor);
    return actor;
  });
}

function membershipRefusals(): Record<string, DomainError> {
  return {
    membership_period_excl: invalid("from", "This member is already in the group on some of these days."),
    membership_period_check: invalid("until", "The last day is before the first."),
    membership_not_of_itself_check: invalid("member", "A group cannot be a member of itself."),
  };
}

function membershipSnapshot({ group, member, from, until, knownOn, source, note }: MembershipDto): Snapshot {
  return { group: group.slug, member: refOf(member), from, until, knownOn, source, note };
}

type Change = { type: "membership.recorded" | "membership.revised" | "membership.removed"; reason?: string };

async function auditMembership(
  tx: Tx,
  caller: Editor,
  { type, reason }: Change,
  before: MembershipDto | null,
  after: MembershipDto | null,
): Promise<void> {
  const subject = after ?? before;
  if (!subject) return;
  await recordAudit(tx, caller, {
    type,
    subjectId: subject.id,
    version: subject.version,
    before: before && membershipSnapshot(before),
    after: after && membershipSnapshot(after),
    ...(reason === undefined ? {} : { reason }),
  });
}

/** A day or its absence as a column; undefined leaves the column as it is. */
function dateColumn<Name extends string>(name: Name, day: string | null | undefined): { [name in Name]?: Date | null } {
  return day === undefined ? {} : ({ [name]: day && dateOf(day) } as { [name in Name]?: Date | null });
}

function periodColumns({ from, until, knownOn, source, note }: MembershipPatch) {
  return {
    ...dateColumn("validFrom", from),
    ...dateColumn("validUntil", until),
    ...dateColumn("knownOn", knownOn),
    ...(source === undefined ? {} : { source }),
    ...(note === undefined ? {} : { note }),
  };
}

/** The id of the actor that a text means, or INVALID under `member`. */
type FindMember = (tx: Tx, text: string) => Promise<string>;

async function memberByRef(tx: Tx, ref: string): Promise<string> {
  const id = (await findActorIds(tx, [ref])).get(ref);
  if (id === undefined) throw invalid("member", `No actor is known as "${ref}".`);
  return id;
}

async function memberByAnyName(tx: Tx, text: string): Promise<string> {
  const found = (await findActorsByText(tx, [text])).get(text) ?? [];
  if (found.length === 1 && found[0]) return found[0].id;
  if (found.length === 0) throw invalid("member", `Nobody on record is called "${text}". Choose from the list.`);
  const choices = found.map(({ name, ref }) => `${name} (${ref})`).join(" or ");
  throw invalid("member", `"${text}" may mean ${choices}. Type the code of the one you mean.`);
}

async function addMembership(
  caller: Editor,
  group: string,
  input: MembershipInput,
  findMember: FindMember,
): Promise<MembershipDto> {
  return write(caller, async (tx) => {
    const actor = await getActor(tx, group);
    if (!KINDS_WITH_MEMBERS.has(actor.kind)) throw invalid("group", `${actor.name} is no group, so it has no members.`);
    const memberId = await findMember(tx, input.member);
    if (memberId === actor.id) throw invalid("member", "A group cannot be a member of itself.");
    const { id } = await tx.membership
      .create({
        data: { ...periodColumns(input), source: input.source, groupId: actor.id, memberId },
        select: { id: true },
      })
      .catch((error: unknown) => refuse(error, membershipRefusals()));
    const membership = await getMembership(tx, actor.id, id);
    await auditMembership(tx, caller, { type: "membership.recorded" }, null, membership);
    return membership;
  });
}

/**
 * Records that an actor is or was in a group. Throws NOT_FOUND for an unknown group, INVALID for an unknown member, for
 * a group in itself, for an actor that has no members, and under `from` for a period that overlaps another one.
 */
export async function recordMembership(caller: Editor, group: string, input: MembershipInput): Promise<MembershipDto> {
  return addMembership(caller, group, input, memberByRef);
}

/** As `recordMembership`, with the member as somebody typed it: by any of its names. INVALID when it may mean several. */
export async function recordTypedMembership(
  caller: Editor,
  group: string,
  input: MembershipInput,
): Promise<MembershipDto> {
  return addMembership(caller, group, input, memberByAnyName);
}

/** Corrects or ends a membership. `version` is the one that the change was made from; STALE with the present record otherwise. */
export async function reviseMembership(
  caller: Editor,
  group: string,
  id: string,
  version: number,
  patch: MembershipPatch,
): Promise<MembershipDto> {
  return write(caller, async (tx) => {
    const before = await getMembership(tx, group, id);
    const changed = await tx.membership
      .updateMany({ where: { id: before.id, version }, data: { ...periodColumns(patch), version: { increment: 1 } } })
      .catch((error: unknown) => refuse(error, membershipRefusals()));
    if (changed.count === 0) throw new DomainError({ code: "STALE", current: await getMembership(tx, group, id) });
    const membership = await getMembership(tx, group, id);
    await auditMembership(tx, caller, { type: "membership.revised" }, before, membership);
    return membership;
  });
}

/**
 * Removes a membership that should never have been recorded; one that ended is revised instead. The audit trail keeps
 * it whole, with the reason. STALE with the present record when somebody changed it meanwhile.
 */
export async function removeMembership(
  caller: Editor,
  group: string,
  id: string,
  version: number,
  reason: string,
): Promise<null> {
  return write(caller, async (tx) => {
    const before = await getMembership(tx, group, id);
    const removed = await tx.membership.deleteMany({ where: { id: before.id, version } });
    if (removed.count === 0) throw new DomainError({ code: "STALE", current: await getMembership(tx, group, id) });
    await auditMembership(tx, caller, { type: "membership.removed", reason }, before, null);
    return null;
  });
}
