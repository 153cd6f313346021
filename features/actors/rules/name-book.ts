import { distance } from "fastest-levenshtein";
import { compareText, foldName, type ActorKind, type ActorName } from "@/features/actors/rules";

/** A name by which somebody is known. */
export type KnownName = { actorId: string; folded: string; kind: ActorName["kind"] };

/** Somebody who can be named, with the codes that name it. */
export type KnownActor = {
  id: string;
  kind: ActorKind;
  slug: string;
  iso2: string | null;
  iso3: string | null;
};

/** How sure it is whom a text names: by a name or code in use, by another or former name, by likeness, not at all. */
export type MatchKind = "exact" | "alias" | "fuzzy" | "none";

/**
 * Whom a text names. `actorId` is set only when it is certain; else somebody has to choose among `candidates`, the likelier
 * first, of whom there may be none.
 */
export type Meaning = { match: MatchKind; actorId: string | null; candidates: string[] };

/** Names indexed once and asked for every line of a paste. */
export type NameBook = {
  actor(id: string): KnownActor;
  /** By code or name, whatever case, accents, article or form of state; null when nobody is called so. */
  known(text: string): Meaning | null;
  /** By likeness alone. Certain only when one letter, or two of a long name, make the difference and nobody else is near. */
  alike(text: string): Meaning | null;
};

/** Words that say what form a state has. Two actors that differ in them alone are easily confused: Congo, Korea. */
const FORMS = new Set(
  (
    "the of republic republics democratic peoples people socialist federal federative federated kingdom state " +
    "commonwealth principality sultanate islamic plurinational bolivarian grand duchy independent cooperative hashemite " +
    "de du des d del da do la le les republique democratique populaire federale royaume etat principaute islamique " +
    "republica democratica popular reino estado principado islamica " +
    "республика демократическая народная федеративная исламская королевство " +
    "جمهورية الديمقراطية الشعبية الاسلامية"
  ).split(" "),
);
/** The same in Chinese, which writes no spaces. */
const CHINESE_FORMS = /民主|人民|共和国|社会主义|联邦|王国/gu;

/** Abbreviations within names. */
const SHORT_WORDS: Readonly<Record<string, string>> = {
  st: "saint",
  rep: "republic",
  dem: "democratic",
  fed: "federated",
  is: "islands",
};

/** A state's form added to another name would name somebody whom the record does not hold. */
const NOT_THAT_STATE = new Set(["republic of china", "china republic of", "republica de china", "republique de chine"]);

/** English words that are codes too: a line of one of them alone may be anything. */
const WORD_CODES = new Set("and are can nor per ton man mar ben lie com cub dom gin hun jam pan est mac".split(" "));

/** "the" with one wrong letter. */
const MISSPELLED_ARTICLE = /^(?:\p{L}he|t\p{L}e|th\p{L}|he|te|th|hte|teh|\p{L}the|t\p{L}he|th\p{L}e|the\p{L}) /u;

const STATES: ReadonlySet<ActorKind> = new Set(["member_state", "observer"]);
/** From these lengths on, one and two wrong letters leave no doubt, when nobody else is near. */
const ONE_LETTER = 5;
const TWO_LETTERS = 9;
const FARTHEST = 3;

function spelledOut(folded: string): string {
  // "U.S.A." folds to "u s a".
  const initials = /(?:^| )\S \S(?: |$)/u.test(folded)
    ? folded.replace(/\b(?:\p{L} ){1,5}\p{L}\b/gu, (letters) => letters.replaceAll(" ", ""))
    : folded;
  const words = initials.split(" ");
  return words.map((word) => (Object.hasOwn(SHORT_WORDS, word) ? SHORT_WORDS[word] : word)).join(" ");
}

/** A name as somebody types it who forgets or misplaces a space. */
function joined(folded: string): string {
  return folded.replaceAll(" ", "");
}

/** A spelled out name without the words that say the form of the state; empty when it has no others. */
function coreOf(full: string): string {
  return full
    .split(" ")
    .filter((word) => !FORMS.has(word))
    .join(" ")
    .replace(CHINESE_FORMS, "");
}

/** Which letters a text has, a bit each; letters that share a bit look alike, never different. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

/** How many bits are set. */
function bitsIn(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Whether two texts of these letters may be so few edits apart: an edit takes away one letter at most, and brings one. */
function mayBeNear(a: number, b: number, edits: number): boolean {
  return bitsIn(a & ~b) <= edits && bitsIn(b & ~a) <= edits;
}

/** Changes of one letter, two swapped neighbours being one, that lead from one text to the other. */
function editsBetween(a: string, b: string): number {
  const plain = distance(a, b);
  if (plain !== 2 || a.length !== b.length) return plain;
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2) ? 1 : plain;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function certain(match: MatchKind, actorId: string): Meaning {
  return { match, actorId, candidates: [actorId] };
}

function asked(candidates: readonly string[]): Meaning {
  return { match: "fuzzy", actorId: null, candidates: [...new Set(candidates)] };
}

/** An actor with the name of it that is nearest to a text, and how many letters differ. */
type Neighbour = { actorId: string; edits: number; spelling: string };

/** Indexes names and codes. Both are read, never kept up to date. */
export function nameBookOf(actors: readonly KnownActor[], names: readonly KnownName[]): NameBook {
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const byName = new Map<string, KnownName[]>();
  const byCore = new Map<string, Set<string>>();
  const byLength = new Map<number, { spelling: string; letters: number; id: string }[]>();
  const meanings = new Map<string, Meaning | null>();
  const unspaced = new Map<string, string[]>();
  const neighbours = new Map<string, Neighbour[]>();
  const iso3 = new Map<string, string>();
  const iso2 = new Map<string, string>();

  for (const { id, iso2: two, iso3: three, slug } of actors) {
    if (three) iso3.set(three, id);
    if (two) iso2.set(two, id);
    push(byName, foldName(slug), { actorId: id, folded: foldName(slug), kind: "alias" });
  }
  for (const name of names) {
    const actor = byId.get(name.actorId);
    if (!actor || name.folded === "") continue;
    push(byName, name.folded, name);
    const full = spelledOut(name.folded);
    for (const spelling of new Set([name.folded, full]))
      push(byLength, spelling.length, { spelling, letters: lettersOf(spelling), id: name.actorId });
    push(unspaced, joined(full), name.actorId);
    if (!STATES.has(actor.kind)) continue;
    const core = coreOf(full);
    if (core !== "") byCore.set(core, (byCore.get(core) ?? new Set()).add(name.actorId));
  }
  // What misses "Congo" by a letter misses both of them.
  for (const [core, ids] of byCore) {
    if (ids.size > 1)
      for (const id of ids) push(byLength, core.length, { spelling: core, letters: lettersOf(core), id });
  }

  function actor(id: string): KnownActor {
    const found = byId.get(id);
    if (!found) throw new Error(`The book of names has no actor ${id}.`);
    return found;
  }

  /** Every actor that has a name at most `FARTHEST` edits away, the nearest first. */
  function near(folded: string): Neighbour[] {
    const before = neighbours.get(folded);
    if (before) return before;
    const found = new Map<string, Neighbour>();
    const note = (neighbour: Neighbour): void => {
      if (neighbour.edits < (found.get(neighbour.actorId)?.edits ?? Infinity)) found.set(neighbour.actorId, neighbour);
    };
    for (const text of new Set([folded, spelledOut(folded)])) {
      const wanted = lettersOf(text);
      for (let length = text.length - FARTHEST; length <= text.length + FARTHEST; length += 1) {
        for (const { spelling, letters, id } of byLength.get(length) ?? []) {
          if (!mayBeNear(wanted, letters, FARTHEST + 1)) continue;
          const edits = editsBetween(text, spelling);
          if (edits <= FARTHEST + 1) note({ actorId: id, edits, spelling });
        }
      }
    }
    for (const text of [joined(folded).replace(/^the/u, ""), joined(folded).replace(/^the\p{L}/u, "")]) {
      for (const actorId of unspaced.get(text) ?? []) note({ actorId, edits: 1, spelling: folded });
    }
    const sorted = [...found.values()].sort(
      (a, b) => a.edits - b.edits || compareText(actor(a.actorId).slug, actor(b.actorId).slug),
    );
    neighbours.set(folded, sorted);
    return sorted;
  }

  function byCode(text: string): Meaning | null {
    if (!/^[A-Za-z]{2,3}$/.test(text)) return null;
    const code = text.toUpperCase();
    const three = iso3.get(code);
    if (three) return text === code || !WORD_CODES.has(text.toLowerCase()) ? certain("exact", three) : asked([three]);
    // Two letters are as easily initials, a language or a word.
    const two = text === code ? iso2.get(code) : undefined;
    return two === undefined ? null : asked([two]);
  }

  function byExactName(folded: string): Meaning | null {
    const found = byName.get(folded) ?? [];
    const ids = new Set(found.map(({ actorId }) => actorId));
    // A bare "Congo" is a name of one state, and what everybody calls two.
    for (const id of byCore.get(folded) ?? [])
      if (found.some(({ actorId }) => STATES.has(actor(actorId).kind))) ids.add(id);
    const [only, ...others] = ids;
    if (only === undefined) return null;
    if (others.length > 0) return asked([only, ...others]);
    const inUse = found.some(({ kind }) => kind === "official" || kind === "short");
    return certain(inUse ? "exact" : "alias", only);
  }

  function byForm(folded: string): Meaning | null {
    if (NOT_THAT_STATE.has(folded)) return null;
    const core = coreOf(spelledOut(folded));
    const ids = [...(byCore.get(core) ?? [])];
    const [only] = ids;
    if (only === undefined) return null;
    if (ids.length > 1) return asked(ids);
    const others = near(folded).filter(({ actorId, edits }) => actorId !== only && edits < 2);
    return others.length === 0 ? certain("alias", only) : asked([only, ...others.map(({ actorId }) => actorId)]);
  }

  /** "Congo, Democratic Republic of the" and "Sudan (South)" as they are said. */
  function byTurnedName(text: string): Meaning | null {
    const turned = /^([^,(]+)[,(]([^,()]+)\)?\s*$/u.exec(text);
    if (!turned) return null;
    const said = foldName(`${turned[2]} ${turned[1]}`);
    return NOT_THAT_STATE.has(said) ? null : byExactName(said);
  }

  /** "Caribbean Community (CARICOM)": a name and another of the same actor. */
  function byBothNames(text: string): Meaning | null {
    const [, name = "", other = ""] = /^([^()]+)\(([^()]+)\)\s*$/u.exec(text) ?? [];
    const meant = byExactName(foldName(name));
    const same = meant?.actorId && byExactName(foldName(other))?.actorId === meant.actorId;
    return same ? meant : null;
  }

  function known(text: string): Meaning | null {
    const before = meanings.get(text);
    if (before !== undefined) return before;
    const found = look(text);
    meanings.set(text, found);
    return found;
  }

  function look(text: string): Meaning | null {
    const folded = foldName(text);
    if (folded === "") return null;
    const named = byExactName(folded);
    const coded = byCode(text.trim());
    if (named && coded?.actorId && coded.actorId !== named.actorId) return asked([coded.actorId, ...named.candidates]);
    return (
      named ?? coded ?? byTurnedName(text) ?? byBothNames(text) ?? byExactName(spelledOut(folded)) ?? byForm(folded)
    );
  }

  function alike(text: string): Meaning | null {
    const folded = foldName(text);
    if (folded.length < 3) return null;
    const bare = folded.replace(MISSPELLED_ARTICLE, "");
    const meant = bare === folded ? null : known(bare);
    if (meant) return asked(meant.candidates);
    const [first, second] = near(folded);
    if (!first) return null;
    const gap = (second?.edits ?? Infinity) - first.edits;
    const sure =
      (first.edits <= 1 && folded.length >= ONE_LETTER && gap >= 2) ||
      // North and South differ by two letters, at the start.
      (first.edits === 2 && folded.length >= TWO_LETTERS && gap >= 3 && first.spelling[0] === folded[0]);
    if (sure && !NOT_THAT_STATE.has(folded)) return certain("fuzzy", first.actorId);
    const tolerated = folded.length < 8 ? 2 : FARTHEST;
    const candidates = near(folded).filter(({ edits }) => edits <= tolerated);
    return candidates.length > 0 ? asked(candidates.slice(0, 6).map(({ actorId }) => actorId)) : null;
  }

  return { actor, known, alike };
}
