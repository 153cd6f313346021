import { formValues, type FormValues } from "@/lib/form";
import { DRAFT, draftValue } from "@/lib/form-step";

/** Milliseconds after the last letter, and at most after the first one that is not kept yet. */
const PAUSE = 1200;
const LONGEST = 8000;
/** A request that may outlive its page can carry this much. */
const KEEPALIVE_BYTES = 60_000;
const ADDRESS = "/api/drafts";

export type DraftStatus =
  | { kind: "untouched" }
  /** Something is typed that is not kept yet; `savedAt` is when something last was. Instants in milliseconds. */
  | { kind: "typing"; savedAt: number | null }
  | { kind: "saved"; savedAt: number }
  | { kind: "failed"; why: string; status: number };

/** What is at stake when a page with a changed form is left. */
type Stake = { kept: boolean; keep: () => Promise<void>; discard: () => Promise<void> };

type Settings = {
  form: string;
  path: string;
  title: string;
  /** Whose it is: what could not be sent is never handed to the next person in this browser. */
  owner: string;
  basedOn: number | null;
  /** When the draft that the form was filled from was kept. */
  seen: string | null;
};

type Unsent = { owner: string; values: FormValues; seen: string | null };

/** What a form would send, without what must never be kept. */
function valuesOf(form: HTMLFormElement): FormValues {
  const data = new FormData(form);
  for (const { name } of form.querySelectorAll<HTMLInputElement>("input[type=password]")) data.delete(name);
  return formValues(data);
}

/** A form as it was delivered, whatever was typed since: who is quick types before the scripts of a page work. */
function asDelivered(form: HTMLFormElement): HTMLFormElement {
  const copy = form.cloneNode(true) as HTMLFormElement;
  copy.reset();
  // A choice that the page holds itself has none that it was delivered with.
  for (const [at, select] of form.querySelectorAll("select").entries()) {
    const twin = copy.querySelectorAll("select")[at];
    if (twin && !select.querySelector("option[selected]")) twin.selectedIndex = select.selectedIndex;
  }
  return copy;
}

/**
 * Keeps on the server what is typed into a form: a second after typing stops, and when its page is hidden. Text that cannot be
 * sent waits in this tab until its person is signed in again. For the browser.
 */
export class DraftKeeper {
  private status: DraftStatus = { kind: "untouched" };
  private readonly listeners = new Set<() => void>();
  private element: HTMLFormElement | null = null;
  private seen: string | null;
  /** The form as it was delivered, and as it was last kept. */
  private first = "";
  private sent = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since = 0;
  private submitted = false;
  private sending: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(private readonly settings: Settings) {
    this.seen = settings.seen;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): DraftStatus => this.status;

  private tell(status: DraftStatus): void {
    this.status = status;
    for (const listener of this.listeners) listener();
  }

  /** Begins with a form that is shown; returns how to end. A form that is shown again after it was sent was refused. */
  readonly watch = (shown: HTMLFormElement): (() => void) => {
    this.element = shown;
    const returned = this.submitted;
    this.submitted = false;
    const early = this.first === "" && this.begin(shown);
    this.mark();
    const end = new AbortController();
    const { signal } = end;
    shown.addEventListener("input", this.changed, { signal });
    shown.addEventListener("change", this.changed, { signal });
    shown.addEventListener("submit", this.sentAway, { signal });
    document.addEventListener("visibilitychange", this.hidden, { signal });
    window.addEventListener("pagehide", this.hidden, { signal });
    if (returned || early) this.changed();
    return () => {
      end.abort();
      clearTimeout(this.timer);
      if (this.element === shown) this.element = null;
      if (this.submitted && this.busy) void this.sending.then(() => this.forgetSaved());
    };
  };

  /** Remembers the form as it was delivered; returns whether something was typed since. */
  private begin(shown: HTMLFormElement): boolean {
    this.first = JSON.stringify(valuesOf(asDelivered(shown)));
    return this.first !== JSON.stringify(valuesOf(shown));
  }

  /** A first text was under way when the form was saved, and may have come after it. A form that was refused is shown again by now. */
  private async forgetSaved(): Promise<void> {
    if (this.element === null && this.status.kind === "saved") await this.discard();
  }

  private async discard(): Promise<void> {
    if (this.seen === null) return;
    const query = new URLSearchParams({ form: this.settings.form, savedAt: this.seen });
    await fetch(`${ADDRESS}?${query}`, { method: "DELETE", keepalive: true });
  }

  /** The form says which draft it was kept as: whoever saves it deletes that one, and no other. */
  private mark(): void {
    const field = this.element?.querySelector<HTMLInputElement>(`input[name="${DRAFT}"]`);
    if (field && this.seen !== null) field.value = draftValue({ form: this.settings.form, savedAt: this.seen });
  }

  private readonly changed = (): void => {
    clearTimeout(this.timer);
    this.since ||= Date.now();
    const wait = Math.max(0, Math.min(PAUSE, this.since + LONGEST - Date.now()));
    this.timer = setTimeout(() => void this.keep(), wait);
    this.tell({ kind: "typing", savedAt: "savedAt" in this.status ? this.status.savedAt : null });
  };

  /** From now on the form's own answer decides what becomes of the draft. */
  private readonly sentAway = (): void => {
    clearTimeout(this.timer);
    this.submitted = true;
  };

  private readonly hidden = (): void => {
    if (document.visibilityState === "hidden") void this.keep(true);
  };

  /** Keeps the form as it stands. `last`: the page may be gone before the answer comes. */
  private keep(last = false): Promise<void> {
    clearTimeout(this.timer);
    this.since = 0;
    if (!this.element || this.submitted) return Promise.resolve();
    const values = valuesOf(this.element);
    const text = JSON.stringify(values);
    if (text === this.sent || (text === this.first && this.sent === "")) {
      if (this.status.kind === "typing" && this.status.savedAt !== null) {
        this.tell({ kind: "saved", savedAt: this.status.savedAt });
      }
      return Promise.resolve();
    }
    // One after another: an older text must not arrive after a newer one. A page that goes cannot wait.
    this.sending = last ? this.send(values, true) : this.sending.then(() => this.send(values, false));
    return this.sending;
  }

  private async send(values: FormValues, last: boolean): Promise<void> {
    const { form, path, title, owner, basedOn } = this.settings;
    const body = JSON.stringify({ form, path, title, basedOn, values, seen: this.seen });
    const unsent = JSON.stringify({ owner, values, seen: this.seen } satisfies Unsent);
    this.busy = true;
    try {
      const response = await fetch(ADDRESS, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body,
        keepalive: last && body.length < KEEPALIVE_BYTES,
      });
      const answer = (await response.json()) as { savedAt?: string; detail?: string };
      if (response.ok && answer.savedAt !== undefined) {
        this.seen = answer.savedAt;
        this.sent = JSON.stringify(values);
        this.mark();
        this.keepInTab(null);
        this.tell({ kind: "saved", savedAt: Date.now() });
        return;
      }
      if (response.status === 409) this.seen = null;
      // Refused for good: sending it again later would be refused again.
      if (response.status === 401 || response.status >= 500) this.keepInTab(unsent);
      this.tell({ kind: "failed", why: answer.detail ?? "The server refused it.", status: response.status });
    } catch {
      this.keepInTab(unsent);
      this.tell({ kind: "failed", why: "The server does not answer.", status: 0 });
    } finally {
      this.busy = false;
    }
  }

  private get storageKey(): string {
    return `rostrum.draft.${this.settings.form}`;
  }

  private keepInTab(text: string | null): void {
    try {
      if (text === null) sessionStorage.removeItem(this.storageKey);
      else sessionStorage.setItem(this.storageKey, text);
    } catch {
      // A browser without storage, or a full one: the text is still in the form.
    }
  }

  private unsent(): Unsent | null {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.storageKey) ?? "null") as Unsent | null;
      return kept?.owner === this.settings.owner ? kept : null;
    } catch {
      return null;
    }
  }

  /**
   * Sends what this tab could not send when it was last here, because its session had ended or the server was away. True when
   * it is on the server now, and the page should be opened from it.
   */
  async sendUnsent(): Promise<boolean> {
    const kept = this.unsent();
    if (!kept) return false;
    const { seen } = this;
    this.seen = kept.seen;
    await this.send(kept.values, false);
    if (this.status.kind === "saved") return true;
    this.seen = seen;
    return false;
  }

  /** What is at stake when the page is left now; null when nothing was typed since it was opened. */
  readonly stake = (): Stake | null => {
    if (!this.element || this.submitted) return null;
    const text = JSON.stringify(valuesOf(this.element));
    if (text === this.first && this.sent === "") return null;
    return {
      kept: text === this.sent,
      keep: () => this.keep(),
      discard: async () => {
        this.sentAway();
        this.keepInTab(null);
        await this.sending;
        await this.discard();
      },
    };
  };
}
