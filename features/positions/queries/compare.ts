import "server-only";
import { getActors } from "@/features/actors/queries/actor";
import { findActorIds } from "@/features/actors/queries/resolve";
import type { ActorDto } from "@/features/actors/schema";
import { getCodebook } from "@/features/codebook/queries/codebook";
import type { IssueDto } from "@/features/codebook/schema";
import type { DialogueDto } from "@/features/dialogues/queries";
import { chosenIssues, dialogueSlugs, scopeOf } from "@/features/positions/queries/matrix";
import { loadBearings } from "@/features/positions/queries/reach";
import { loadIssuesOfVersions, settleOne, type Known } from "@/features/positions/queries/settle-one";
import { tallyPositions } from "@/features/positions/queries/tally";
import { shareOf } from "@/features/positions/queries/to-code";
import {
  agreementOf,
  pairsOf,
  type Agreement,
  type ComparedIssue,
  type Pair,
} from "@/features/positions/rules/compare";
import { strengthOf, type Strength } from "@/features/positions/rules/strength";
import type { Cell, Moment } from "@/features/positions/rules/settled";
import { LEAST_COMPARED, type CompareQuery, type Mode } from "@/features/positions/schema";
import type { Source } from "@/lib/db";
import { invalid } from "@/lib/errors";
import type { Day } from "@/lib/format";

/** One of those who are compared. */
export type Compared = { actor: ActorDto; ref: string; strength: Strength };

/** One cell of a comparison: what is settled, on how many positions, and by its name who it came through. */
export type ComparedCell = { cell: Cell; positions: number };

export type Comparison = {
  /** The day on which it looks at the world. */
  asOf: Day;
  dialogue: DialogueDto | null;
  codebook: number;
  voice: CompareQuery["voice"];
  actors: Compared[];
  /** Every issue that was asked for, in the order of the codebook, with one cell for each actor. */
  rows: { issue: IssueDto; cells: ComparedCell[]; agreement: Agreement }[];
  /** Each two of them. */
  pairs: Pair[];
  /** Slugs of dialogues by id, for the moments of cells. */
  dialogues: ReadonlyMap<string, string>;
};

async function actorsOf(source: Source, refs: readonly string[]): Promise<ActorDto[]> {
  const ids = await findActorIds(source, refs);
  const unknown = refs.find((ref) => !ids.has(ref));
  if (unknown !== undefined) throw invalid("actors", `No actor is known as "${unknown}".`);
  const wanted = [...new Set(refs.map((ref) => ids.get(ref) ?? ""))];
  const actors = await getActors(source, wanted);
  return wanted.flatMap((id) => actors.find((actor) => actor.id === id) ?? []);
}

/** One of them: its cells, and how many positions are behind each, inside the scope and in the voice that is asked for. */
type Column = { strength: Strength; cells: ComparedCell[] };

type Asked = {
  issues: readonly IssueDto[];
  day: Day;
  voice: CompareQuery["voice"];
  codebook: number;
  issuesOf: Known["issuesOf"];
  isWithin: (at: Pick<Moment, "dialogue" | "day">) => boolean;
};

async function columnOf(source: Source, actorId: string, asked: Asked): Promise<Column> {
  const { issues, day, voice, codebook, issuesOf, isWithin } = asked;
  const all = await loadBearings(source, actorId);
  const isAsked = ({ mode }: { mode: Mode }): boolean => voice === "any" || mode === "own";
  const tallied = (await tallyPositions(source, actorId, all.bearings, codebook)).filter(
    (one) => isAsked(one) && isWithin(one.at),
  );
  const bearings = all.bearings.filter(
    (one) => isAsked(one) && isWithin({ dialogue: one.dialogueId, day: one.startsOn }),
  );
  const ids = issues.map(({ id }) => id);
  const known: Known = { actorId, register: all.register, issuesOf, aligned: "exclude" };
  const settled = settleOne(known, { issues: ids, day, tallied, bearings });
  const here = tallied.filter(({ issueId }) => ids.includes(issueId));
  return {
    strength: strengthOf(
      here.map(({ mode, count, at }) => ({ mode, count, day: at.day })),
      shareOf(bearings),
    ),
    cells: ids.map((id) => ({
      cell: settled.get(id) ?? { kind: "not_coded" },
      positions: here.reduce((sum, { issueId, count }) => (issueId === id ? sum + count : sum), 0),
    })),
  };
}

/**
 * Two to six states or groups by issues, as the matrix settles them; with `voice=own` by own statements alone. Of a group the
 * own voice is what was said in statements for it. Throws INVALID for fewer than two, and for a reference that nobody has.
 */
export async function compare(source: Source, query: CompareQuery): Promise<Comparison> {
  const { day, dialogue } = await scopeOf(source, query);
  const codebook = await getCodebook(source, query.codebook);
  const issues = chosenIssues(codebook.issues, query.issues);
  const actors = await actorsOf(source, query.actors);
  if (actors.length < LEAST_COMPARED) throw invalid("actors", "Name at least two states or groups.");
  const isWithin = (at: Pick<Moment, "dialogue" | "day">): boolean =>
    dialogue ? at.dialogue === dialogue.id : at.day <= day;
  const asked: Asked = {
    issues,
    day,
    voice: query.voice,
    codebook: codebook.number,
    issuesOf: await loadIssuesOfVersions(source, codebook.number),
    isWithin,
  };
  const columns: Column[] = [];
  for (const { id } of actors) columns.push(await columnOf(source, id, asked));
  const rows = issues.map((issue, row) => {
    const cells = columns.map((column) => column.cells[row] as ComparedCell);
    return { issue, cells, agreement: agreementOf(valuesOf({ issue, cells })) };
  });
  return {
    asOf: day,
    dialogue,
    codebook: codebook.number,
    voice: query.voice,
    actors: actors.map((actor, place) => ({
      actor,
      ref: actor.iso3 ?? actor.slug,
      strength: (columns[place] as Column).strength,
    })),
    rows,
    pairs: pairsOf(rows.map(valuesOf), actors.length),
    dialogues: await dialogueSlugs(source),
  };
}

function valuesOf({ issue, cells }: { issue: IssueDto; cells: readonly ComparedCell[] }): ComparedIssue {
  return { issueId: issue.id, cells: cells.map(({ cell }) => cell) };
}
