import {
  differences,
  fieldsOf,
  isSendable,
  issuesByCell,
  namesOf,
  sendable,
  type GridDifference,
  type GridFields,
  type GridIssues,
  type GridParty,
  type Names,
} from "@/features/statements/formats/grid";
import type { FormChoices } from "@/features/statements/queries/form";
import type { GridChanges, GridRows } from "@/features/statements/queries/grid";
import type { StatementDto } from "@/features/statements/queries/statement";

/** Milliseconds between two looks at what others did, and after a look that failed. */
const LOOK = 2000;
const LOOK_AGAIN = 6000;
/** How long a row of somebody else stays marked. */
const MARKED = 20_000;

/** A row that is being typed: a new one, or one on record. */
export type Edit = {
  key: string;
  /** The row on record that it changes; null for a new one. */
  row: string | null;
  /** A new row's place: after this row on record, or after the new row with this key; null at the end. */
  after: string | null;
  version: number | null;
  fields: GridFields;
  state: "typing" | "saving" | "failed";
  issues: GridIssues;
  /** What somebody else saved meanwhile, and who where that is known. */
  conflict: { theirs: StatementDto; differences: GridDifference[] } | null;
  /** A write whose answer never came: it is sent again as it was, before anything else is. */
  unanswered: Write | null;
};

type Write = {
  method: "POST" | "PATCH";
  path: string;
  body: string;
  /** What was typed, as it was sent. */
  typed: string;
  key: string;
  version: number | null;
};
type Answer = { status: number; body: unknown };
type Problem = { detail?: string; errors?: { path: string; message: string }[]; current?: StatementDto };

export type GridView = {
  /** Rows and new rows in the order of speaking; an edit of a row on record stands in its place. */
  lines: { row: StatementDto | null; edit: Edit | null }[];
  /** What others changed lately: by whom. */
  marks: ReadonlyMap<string, string>;
  /** What was last saved, or what others did, for a screen reader. */
  said: string;
  /** Why nothing is heard of the others; null while it is. */
  deaf: string | null;
};

type Settings = { slug: string; choices: FormChoices; start: GridRows; meetings: { number: number }[] };

/** What the grid knows and does: rows on record, rows being typed, what is on its way, and what others changed meanwhile. */
export class GridStore {
  readonly names: Names;
  private readonly rows = new Map<string, StatementDto>();
  private edits: Edit[] = [];
  private readonly marks = new Map<string, string>();
  private stamp: string;
  private said = "";
  private deaf: string | null = null;
  private sending = 0;
  /** Writes go one after another, so that rows are recorded in the order in which they were typed. */
  private queue: Promise<void> = Promise.resolve();
  private lastGroup: GridParty | null = null;
  private view: GridView;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private keys = 0;

  constructor(private readonly settings: Settings) {
    this.names = namesOf(settings.choices.actors);
    for (const row of settings.start.rows) {
      this.rows.set(row.id, row);
      this.remember(row.represents);
    }
    this.stamp = settings.start.stamp;
    this.view = this.look();
    this.begin(null);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): GridView => this.view;

  private ordered(): StatementDto[] {
    return [...this.rows.values()].sort((a, b) => a.order - b.order);
  }

  private look(): GridView {
    const lines: GridView["lines"] = [];
    const addFresh = (after: string | null) => {
      for (const edit of this.edits.filter((one) => one.row === null && one.after === after)) {
        lines.push({ row: null, edit });
        addFresh(edit.key);
      }
    };
    for (const row of this.ordered()) {
      lines.push({ row, edit: this.edits.find((edit) => edit.row === row.id) ?? null });
      addFresh(row.id);
    }
    addFresh(null);
    return { lines, marks: new Map(this.marks), said: this.said, deaf: this.deaf };
  }

  private tell(): void {
    this.view = this.look();
    for (const listener of this.listeners) listener();
  }

  private change(key: string, part: Partial<Edit>): void {
    this.edits = this.edits.map((edit) => (edit.key === key ? { ...edit, ...part } : edit));
    this.tell();
  }

  private edit(key: string): Edit | undefined {
    return this.edits.find((edit) => edit.key === key);
  }

  private remember(parties: readonly GridParty[]): void {
    this.lastGroup = parties.findLast(({ basis }) => basis === "group") ?? this.lastGroup;
  }

  /** A new row after a row or a new row, or at the end; the meeting is that of the row before. Returns its key. */
  begin(after: string | null): string {
    const open = this.edits.find((edit) => edit.row === null && edit.after === after && edit.state === "typing");
    if (open && isBlank(open.fields)) return open.key;
    const [only, ...more] = this.settings.meetings;
    const before =
      after === null
        ? this.view.lines.at(-1)
        : this.view.lines.find(({ row, edit }) => (row?.id ?? edit?.key) === after);
    const meeting = more.length === 0 ? only?.number : (before?.edit?.fields.meeting ?? before?.row?.meeting);
    const fields: GridFields = { speaker: "", parties: [], role: "statement", meeting: String(meeting ?? "") };
    return this.add({ row: null, after, version: null, fields });
  }

  /** Opens a row on record for typing. Returns the key of the edit. */
  open(id: string): string {
    const there = this.edits.find((edit) => edit.row === id);
    const row = this.rows.get(id);
    if (there || !row) return there?.key ?? "";
    return this.add({ row: id, after: null, version: row.version, fields: fieldsOf(row, this.names) });
  }

  private add(part: Pick<Edit, "row" | "after" | "version" | "fields">): string {
    this.keys += 1;
    const key = `edit-${this.keys}`;
    this.edits = [...this.edits, { ...part, key, state: "typing", issues: {}, conflict: null, unanswered: null }];
    this.tell();
    return key;
  }

  /** Gives a row up. What was typed into it is gone; a new row at the end is always there. */
  close(key: string): void {
    const closed = this.edit(key);
    this.edits = this.edits
      .filter((edit) => edit.key !== key)
      .map((edit) => (edit.after === key ? { ...edit, after: closed?.after ?? null } : edit));
    if (!this.edits.some((edit) => edit.row === null && edit.after === null)) this.begin(null);
    this.tell();
  }

  type(key: string, fields: Partial<GridFields>): void {
    const edit = this.edit(key);
    if (edit) this.change(key, { fields: { ...edit.fields, ...fields }, issues: {} });
  }

  /** Adds the group that was last named, with those struck out of it. False when none was. */
  repeatLastGroup(key: string): boolean {
    const edit = this.edit(key);
    const group = this.lastGroup;
    if (!edit || !group || group.basis !== "group") return false;
    if (edit.fields.parties.some((party) => party.basis === "group" && party.group === group.group)) return false;
    this.type(key, { parties: [...edit.fields.parties, group] });
    return true;
  }

  /** Whether leaving now would lose something. */
  unsaved(): boolean {
    return this.edits.some((edit) => edit.state === "saving" || this.isChanged(edit));
  }

  /** Whether something was typed into a row that is not on record. */
  isTouched(key: string): boolean {
    const edit = this.edit(key);
    return edit !== undefined && this.isChanged(edit);
  }

  private isChanged({ row, fields }: Edit): boolean {
    const there = row === null ? undefined : this.rows.get(row);
    if (!there) return !isBlank(fields);
    return differences(fields, fieldsOf(there, this.names), this.names).length > 0;
  }

  /** Saves a row. It keeps what was typed until it is on record; with an error it says why, and can be saved again. */
  async save(key: string): Promise<void> {
    const edit = this.edit(key);
    if (!edit || edit.state === "saving") return;
    const input = sendable(edit.fields, this.names);
    if (!isSendable(input)) return this.fail(key, { issues: input });
    if (edit.row !== null && !edit.conflict && !edit.unanswered && !this.isChanged(edit)) return this.close(key);
    this.remember(edit.fields.parties);
    this.sending += 1;
    this.change(key, { state: "saving", issues: {} });
    this.queue = this.queue.then(() => this.write(key, input)).finally(() => (this.sending -= 1));
    return this.queue;
  }

  /** A new row that is not on record keeps its place, whatever is recorded after it. */
  private fail(key: string, part: Partial<Edit>): void {
    const { lines } = this.view;
    const at = lines.findIndex(({ edit }) => edit?.key === key);
    const [line, before] = [lines[at], lines[at - 1]];
    const after = line?.row === null && line.edit?.after === null ? (before?.row?.id ?? before?.edit?.key) : undefined;
    this.change(key, { ...part, state: "failed", ...(after === undefined ? {} : { after }) });
  }

  private async write(key: string, input: object): Promise<void> {
    const edit = this.edit(key);
    if (!edit) return;
    const write = edit.unanswered ?? this.writeOf(edit, input);
    this.change(key, { unanswered: write });
    const { status, body } = await send(write);
    if (status === 200 || status === 201) {
      const row = body as StatementDto;
      const typedSince = write.typed !== JSON.stringify(input);
      this.put(row);
      this.edits = this.edits.map((one) => (one.after === key ? { ...one, after: row.id } : one));
      // The write of before is on record now; what was typed since goes after it, as a change of that row.
      if (typedSince) {
        this.change(key, { unanswered: null, row: row.id, version: row.version, after: null });
        return this.write(key, input);
      }
      this.said = `Saved: ${row.speakerName}, number ${row.order}.`;
      return this.close(key);
    }
    const problem = body as Problem;
    if (status === 412 && problem.current) return this.clash(key, problem.current);
    const unanswered = status === 0 || status >= 500 ? write : null;
    const issues = issuesByCell((problem.errors ?? []).map((one) => ({ ...one, path: one.path.split(".") })));
    const whole = Object.keys(issues).length > 0 ? {} : { row: whyNot(status, problem) };
    this.fail(key, { issues: { ...issues, ...whole }, unanswered });
  }

  private writeOf({ row, after, version }: Edit, input: object): Write {
    const common = { typed: JSON.stringify(input), key: crypto.randomUUID() };
    if (row !== null) {
      return { ...common, method: "PATCH", path: `/api/v1/statements/${row}`, body: common.typed, version };
    }
    const before = this.rowBefore(after);
    const body = JSON.stringify({ ...input, ...(before ? { order: before.order + 1 } : {}) });
    const path = `/api/v1/dialogues/${this.settings.slug}/statements`;
    return { ...common, method: "POST", path, body, version: null };
  }

  /** The row on record after which a new row belongs: new rows between that are not on record are passed over. */
  private rowBefore(after: string | null): StatementDto | undefined {
    if (after === null) return undefined;
    return this.rows.get(after) ?? this.rowBefore(this.edit(after)?.after ?? null);
  }

  /** Takes a row as it is on record now, unless a newer one is known. */
  private put(row: StatementDto): void {
    const known = this.rows.get(row.id);
    if (!known || known.version <= row.version) this.rows.set(row.id, row);
  }

  private clash(key: string, theirs: StatementDto): void {
    const edit = this.edit(key);
    if (!edit) return;
    this.put(theirs);
    const found = differences(edit.fields, fieldsOf(theirs, this.names), this.names);
    // Both say the same: there is nothing left to save.
    if (found.length === 0) return this.close(key);
    this.change(key, { state: "failed", conflict: { theirs, differences: found }, unanswered: null });
  }

  /** Saves what was typed over what somebody else saved meanwhile, having seen it. */
  keepMine(key: string): Promise<void> {
    const edit = this.edit(key);
    if (!edit?.conflict) return Promise.resolve();
    this.change(key, { version: edit.conflict.theirs.version, conflict: null, state: "typing" });
    return this.save(key);
  }

  /** Moves a row on record before or after the one that stands `by` places further. */
  async move(id: string, by: number): Promise<void> {
    const rows = this.ordered();
    const at = rows.findIndex((row) => row.id === id);
    const [row, there] = [rows[at], rows[Math.max(0, Math.min(rows.length - 1, at + by))]];
    if (!row || !there || row === there || this.sending > 0) return;
    this.sending += 1;
    const typed = JSON.stringify({ order: there.order });
    const path = `/api/v1/statements/${id}`;
    const write: Write = { method: "PATCH", path, body: typed, typed, key: crypto.randomUUID(), version: row.version };
    const answer = await send(write);
    this.sending -= 1;
    if (answer.status === 200) {
      const moved = answer.body as StatementDto;
      this.shift(row.order, there.order);
      this.put(moved);
      const edit = this.edits.find((one) => one.row === id);
      if (edit) this.change(edit.key, { version: moved.version });
      this.said = `${moved.speakerName} is number ${moved.order} now.`;
    } else {
      const problem = answer.body as Problem;
      if (problem.current) this.put(problem.current);
      this.said = `Not moved. ${whyNot(answer.status, problem)}`;
    }
    this.tell();
  }

  /** As the database does it: those between move by one. The next look at the record has the last word. */
  private shift(from: number, to: number): void {
    const step = to < from ? 1 : -1;
    for (const row of this.rows.values()) {
      const between = to < from ? row.order >= to && row.order < from : row.order > from && row.order <= to;
      if (between) this.rows.set(row.id, { ...row, order: row.order + step });
    }
  }

  /** Looks every other second at what others did, until told to stop. A window that nobody sees does not look. */
  readonly listen = (): (() => void) => {
    const again = () => {
      clearTimeout(this.timer);
      if (document.visibilityState === "visible")
        void this.hear().then((wait) => (this.timer = setTimeout(again, wait)));
    };
    this.timer = setTimeout(again, LOOK);
    document.addEventListener("visibilitychange", again);
    return () => {
      clearTimeout(this.timer);
      document.removeEventListener("visibilitychange", again);
    };
  };

  private async hear(): Promise<number> {
    const { status, body } = await ask(`/api/dialogues/${this.settings.slug}/changes?after=${this.stamp}`);
    if (status !== 200) {
      this.deaf = status === 401 ? "You are signed out: sign in again to go on." : "The server does not answer.";
      this.tell();
      return LOOK_AGAIN;
    }
    if (this.deaf !== null) {
      this.deaf = null;
      this.tell();
    }
    // What is on its way may be among the changes, and is no news. The next look sees it.
    if (this.sending === 0) this.take(body as GridChanges);
    return LOOK;
  }

  private take({ stamp, places, changed }: GridChanges): void {
    this.stamp = stamp;
    if (places === null) return;
    const news: string[] = [];
    for (const { row, by } of changed) {
      const known = this.rows.get(row.id);
      this.rows.set(row.id, known && known.version > row.version ? known : row);
      if (known && known.version >= row.version) continue;
      news.push(`${row.speakerName}, number ${row.order}, by ${by}`);
      this.mark(row.id, by);
      this.remember(row.represents);
    }
    const order = new Map(places.map((place) => [place.id, place.order]));
    for (const row of this.rows.values()) {
      const place = order.get(row.id);
      if (place === undefined) this.withdraw(row, news);
      else if (place !== row.order) this.rows.set(row.id, { ...row, order: place });
    }
    if (news.length > 0) this.said = `Changed: ${news.slice(0, 3).join("; ")}${news.length > 3 ? " and others" : ""}.`;
    this.tell();
  }

  /** Somebody took a row out of the record: what is typed into it, or after it, stays. */
  private withdraw(row: StatementDto, news: string[]): void {
    this.rows.delete(row.id);
    news.push(`${row.speakerName} was withdrawn`);
    this.edits = this.edits.map((edit) => {
      if (edit.row === row.id) {
        return {
          ...edit,
          row: null,
          version: null,
          state: "failed",
          issues: { row: "This statement was withdrawn by somebody else. Saving records it anew, at the end." },
        };
      }
      return edit.after === row.id ? { ...edit, after: null } : edit;
    });
  }

  private mark(id: string, by: string): void {
    this.marks.set(id, by);
    setTimeout(() => {
      this.marks.delete(id);
      this.tell();
    }, MARKED);
  }
}

function isBlank({ speaker, parties }: GridFields): boolean {
  return speaker.trim() === "" && parties.length === 0;
}

function whyNot(status: number, { detail }: Problem): string {
  if (status === 0) return "The server does not answer. Save again: the row is never recorded twice.";
  if (status === 401) return "You are signed out. Sign in again in another tab, then save again.";
  return detail ?? "The server refused it.";
}

async function send({ method, path, body, key, version }: Write): Promise<Answer> {
  return ask(path, {
    method,
    body,
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": key,
      ...(version === null ? {} : { "If-Match": `"${version}"` }),
    },
  });
}

/** The answer as it came; status 0 when none did. */
async function ask(path: string, request?: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(path, request);
    return { status: response.status, body: await response.json() };
  } catch {
    return { status: 0, body: {} };
  }
}
