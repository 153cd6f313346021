import "server-only";
import type { DraftBrief, DraftDto } from "@/features/drafts/schema";
import type { Caller } from "@/lib/auth/caller";
import { reading } from "@/lib/db";

const MOST_LISTED = 200;

/** One's own draft of a form, or null. */
async function findDraft(caller: Caller<"draft:own">, form: string): Promise<DraftDto | null> {
  const { userId } = caller;
  if (userId === null) return null;
  const found = await reading(caller).draft.findUnique({ where: { userId_form: { userId, form } } });
  if (!found) return null;
  const { path, title, basedOn, savedAt, values } = found;
  return { form, path, title, basedOn, savedAt: savedAt.toISOString(), values: values as DraftDto["values"] };
}

/** What `Autosave` has to know of a form when its page is opened. */
type OpenedDraft = {
  autosave: { form: string; owner: string; draft: DraftDto | null; resumed: boolean; sessionEnds: string | null };
  /** What the form is filled from, when its person chose to go on with the draft. */
  values: DraftDto["values"] | undefined;
};

/** When the session of a browser ends, whatever is done in it; null for a token. */
async function sessionEnd(caller: Caller<"draft:own">): Promise<string | null> {
  const { sessionId } = caller;
  if (sessionId === null) return null;
  const found = await reading(caller).session.findUnique({ where: { id: sessionId }, select: { expiresAt: true } });
  return found?.expiresAt.toISOString() ?? null;
}

/** The draft of a form, for the page that holds it; the page's own address says by `?draft=go-on` whether to go on with it. */
export async function openDraft(
  caller: Caller<"draft:own">,
  form: string,
  given: Record<string, string>,
): Promise<OpenedDraft> {
  const draft = await findDraft(caller, form);
  const resumed = draft !== null && given["draft"] === "go-on";
  return {
    autosave: { form, owner: caller.userId ?? "", draft, resumed, sessionEnds: await sessionEnd(caller) },
    values: resumed ? draft.values : undefined,
  };
}

/** One's own drafts, the newest first. Whoever may keep none has none. */
export async function listDrafts(caller: Caller<"session:own">): Promise<DraftBrief[]> {
  const { userId } = caller;
  if (userId === null) return [];
  const found = await reading(caller).draft.findMany({
    where: { userId },
    select: { form: true, path: true, title: true, savedAt: true },
    orderBy: { savedAt: "desc" },
    take: MOST_LISTED,
  });
  return found.map(({ savedAt, ...rest }) => ({ ...rest, savedAt: savedAt.toISOString() }));
}
