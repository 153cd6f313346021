import "server-only";
import { recordAudit } from "@/features/audit/mutations";
import type { EventType, Snapshot } from "@/features/audit/schema";
import { getView } from "@/features/views/queries";
import type { ViewDto, ViewInput, ViewPatch } from "@/features/views/schema";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { refuse } from "@/lib/db-errors";
import { DomainError, invalid, notFound } from "@/lib/errors";
import { uuidOf } from "@/lib/uuid";

type Owner = Caller<"view:own">;

const MOST_VIEWS = 500;
const TAKEN = { saved_view_name_key: invalid("name", "You keep another view under this name.") };

/** What the audit trail keeps of a view. */
function viewSnapshot({ name, address, note, shared }: ViewDto): Snapshot {
  return { name, address, note, shared };
}

async function audit(tx: Tx, caller: Owner, type: EventType, before: ViewDto | null, after: ViewDto | null) {
  const { id, version } = (after ?? before) as ViewDto;
  await recordAudit(tx, caller, {
    type,
    subjectId: id,
    version,
    before: before && viewSnapshot(before),
    after: after && viewSnapshot(after),
  });
}

function ownerOf({ userId }: Owner): string {
  if (userId === null) throw new DomainError({ code: "FORBIDDEN" });
  return userId;
}

/** An own view for a change; one that another shares may be read, but only its owner changes it. */
async function ownView(tx: Tx, caller: Owner, ref: string): Promise<ViewDto> {
  const view = await getView(caller, ref, tx);
  if (!view.mine) throw new DomainError({ code: "FORBIDDEN", message: "Only who saved this view can change it." });
  return view;
}

/** Keeps a view. INVALID when another own view has its name, TOO_MANY when as many are kept as can be. */
export async function recordView(caller: Owner, input: ViewInput): Promise<ViewDto> {
  const ownerId = ownerOf(caller);
  return write(caller, async (tx) => {
    // One after another for each person, so that the number of views is what was counted.
    await tx.$queryRaw`SELECT id FROM "user" WHERE id = ${ownerId}::uuid FOR NO KEY UPDATE`;
    if ((await tx.savedView.count({ where: { ownerId, removedAt: null } })) >= MOST_VIEWS) {
      throw new DomainError({
        code: "TOO_MANY",
        message: `You keep ${MOST_VIEWS} views. Delete some of them first.`,
      });
    }
    const { id } = await tx.savedView
      .create({ data: { ...input, note: input.note ?? null, ownerId }, select: { id: true } })
      .catch((error) => refuse(error, TAKEN));
    const view = await getView(caller, id, tx);
    await audit(tx, caller, "view.recorded", null, view);
    return view;
  });
}

/** Changes an own view from a version; STALE with the present view when it was changed meanwhile, in another window say. */
export async function reviseView(caller: Owner, ref: string, version: number, patch: ViewPatch): Promise<ViewDto> {
  return write(caller, async (tx) => {
    const before = await ownView(tx, caller, ref);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const changed = await tx.savedView
      .updateMany({
        where: { id: before.id, version, removedAt: null },
        data: { ...given, version: { increment: 1 }, updatedAt: new Date() },
      })
      .catch((error) => refuse(error, TAKEN));
    if (changed.count === 0) throw new DomainError({ code: "STALE", current: before });
    const after = await getView(caller, before.id, tx);
    await audit(tx, caller, "view.revised", before, after);
    return after;
  });
}

/** Deletes an own view; `restoreView` puts it back. */
export async function removeView(caller: Owner, ref: string, version: number): Promise<ViewDto> {
  return write(caller, async (tx) => {
    const before = await ownView(tx, caller, ref);
    const changed = await tx.savedView.updateMany({
      where: { id: before.id, version, removedAt: null },
      data: { removedAt: new Date(), version: { increment: 1 } },
    });
    if (changed.count === 0) throw new DomainError({ code: "STALE", current: before });
    const after = { ...before, version: version + 1 };
    await audit(tx, caller, "view.removed", after, null);
    return after;
  });
}

/** Puts a view back that its owner deleted. CONFLICT when another one has taken its name since. */
export async function restoreView(caller: Owner, ref: string, version: number): Promise<ViewDto> {
  const [id, ownerId] = [uuidOf(ref), ownerOf(caller)];
  if (!id) throw notFound("view", ref);
  const taken = new DomainError({
    code: "CONFLICT",
    message: "You keep another view under its name by now. Rename that one first.",
  });
  return write(caller, async (tx) => {
    const changed = await tx.savedView
      .updateMany({
        where: { id, ownerId, version, removedAt: { not: null } },
        data: { removedAt: null, version: { increment: 1 }, updatedAt: new Date() },
      })
      .catch((error) => refuse(error, { saved_view_name_key: taken }));
    if (changed.count === 0) throw notFound("deleted view", ref);
    const view = await getView(caller, id, tx);
    await audit(tx, caller, "view.restored", null, view);
    return view;
  });
}
