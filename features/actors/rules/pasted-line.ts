import {
  BEHALF,
  FLOOR,
  HEADING,
  LEADING,
  LETTER,
  LISTING,
  NOISE,
  OFFICE,
  OFFICE_OF,
  OWN_TOO,
  PERSON,
  SEAT,
  SENTENCE,
  SPEECH,
  STATE_WORDS,
  TRAILING,
} from "@/features/actors/rules/line-words";
import type { Meaning, NameBook } from "@/features/actors/rules/name-book";
import {
  isGroup,
  meaningOf,
  namesIn,
  NOBODY,
  partiesIn,
  type PastedName,
  type PastedParties,
} from "@/features/actors/rules/pasted-names";

/** Somebody who spoke, as a line of a paste says it. */
export type PastedSpeaker = PastedName &
  PastedParties & {
    person: { name: string; title: string | null } | null;
    role: "opening" | "panellist" | "moderator" | "presiding" | null;
  };

const NO_PARTIES: PastedParties = { parties: [], except: [], own: false };
/** Longer than any name with its person and office: a sentence. */
const LONG = 14;

type Segment = {
  text: string;
  start: number;
  end: number;
  /** What stands before it. */
  before: string;
};

function segmentsOf(text: string): Segment[] {
  const segments: Segment[] = [];
  const separator = /\s[-–—]+\s|[()[\],;:|/+]|—|\s{3,}/gu;
  let start = 0;
  let before = "";
  const take = (end: number): void => {
    const raw = text.slice(start, end);
    const trimmed = raw.trim();
    if (trimmed === "") return;
    const from = start + raw.indexOf(trimmed);
    segments.push({ text: trimmed, start: from, end: from + trimmed.length, before });
    before = "";
  };
  for (const found of text.matchAll(separator)) {
    take(found.index);
    before += found[0].trim();
    start = found.index + found[0].length;
  }
  take(text.length);
  return segments;
}

/** A name found in a line: in which of its segments, and whether an office or a verb of speech leads to it. */
type Hit = PastedName & { first: number; last: number; led: boolean; lead: string };

const FARTHEST_RUN = 4;

/** The text from a place in one segment to the end of another. */
function spanOf(text: string, segments: readonly Segment[], from: number, last: number): string {
  return text.slice(from, segments[last]?.end ?? text.length);
}

function nameAt(text: string, segments: readonly Segment[], at: number, book: NameBook): Hit | null {
  const segment = segments[at] as Segment;
  for (let last = Math.min(segments.length - 1, at + FARTHEST_RUN); last >= at; last -= 1) {
    const printed = spanOf(text, segments, segment.start, last);
    const meaning = book.known(printed);
    if (!meaning || (last > at && isGroup(meaning, book))) continue;
    const closed = printed.includes("(") && !printed.includes(")") ? `${printed})` : printed;
    return { printed: closed, meaning, first: at, last, led: false, lead: "" };
  }
  return ledName(text, segments, at, book, (name) => book.known(name)) ?? spokenName(segment, at, book);
}

type Look = (name: string) => Meaning | null;

/** The name after an office: "Deputy Permanent Representative of the Republic of Korea to the United Nations". */
function ledName(text: string, segments: readonly Segment[], at: number, book: NameBook, look: Look): Hit | null {
  const segment = segments[at] as Segment;
  if (!OFFICE.test(segment.text) && !PERSON.test(segment.text)) return null;
  for (const { index, 0: word } of segment.text.matchAll(OFFICE_OF)) {
    const from = segment.start + index + word.length;
    const lead = segment.text.slice(0, index);
    // "to consider the report of the Secretary-General": a report speaks for nobody.
    if (!OFFICE.test(lead) && !PERSON.test(lead)) continue;
    for (let last = Math.min(segments.length - 1, at + FARTHEST_RUN - 1); last >= at; last -= 1) {
      const printed = spanOf(text, segments, from, last).replace(SEAT, "").replace(SPEECH, "").trim();
      const meaning = printed === "" ? null : look(printed);
      if (!meaning || (last > at && isGroup(meaning, book))) continue;
      return { printed, meaning, first: at, last, led: true, lead: lead.trim() };
    }
  }
  return null;
}

/** The name before a verb of speech: "Denmark said that it supported". */
function spokenName({ text }: Segment, at: number, book: NameBook): Hit | null {
  const printed = text.replace(SPEECH, "").trim();
  const meaning = printed === text || printed === "" ? null : book.known(printed);
  return meaning && { printed, meaning, first: at, last: at, led: true, lead: "" };
}

function hitsIn(text: string, segments: readonly Segment[], book: NameBook): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < segments.length; at += 1) {
    const hit = nameAt(text, segments, at, book);
    if (!hit) continue;
    hits.push(hit);
    at = hit.last;
  }
  return hits;
}

function isPerson(text: string): boolean {
  if (PERSON.test(text) || /\[?\bname\b\]?/iu.test(text)) return true;
  // Two to five words that all begin with a capital; a name of a state that nobody knows would be asked by the words around it.
  return !STATE_WORDS.test(text) && /^(?:\p{Lu}[\p{L}\p{M}.'’-]*\s+){1,4}\p{Lu}[\p{L}\p{M}.'’-]*$/u.test(text);
}

/** Whether a segment is nothing that could change whom a line means. */
function isExplained(text: string, book: NameBook, afterName: boolean): boolean {
  if (NOISE.test(text) || OFFICE.test(text) || !/\p{L}/u.test(text)) return true;
  if (isPerson(text)) return book.alike(text) === null || PERSON.test(text);
  return afterName && (text.split(/\s+/u).length > 5 || SPEECH.exec(` ${text}`)?.index === 0);
}

/** Takes the part that says for whom somebody spoke out of a line. */
function cutBehalf(text: string, book: NameBook): { rest: string; parties: PastedParties } {
  const found = BEHALF.exec(text);
  if (!found) return { rest: text, parties: NO_PARTIES };
  const before = text.slice(0, found.index).replace(/[\s,;:–—-]+$/u, "");
  const after = text.slice(found.index + found[0].length);
  const own = OWN_TOO.test(text);
  const opened = /[([]\s*$/u.test(before);
  if (opened) {
    const close = closing(after);
    const inside = partiesIn(after.slice(0, close).replace(SPEECH, ""), book);
    const rest = `${before.replace(/[([]\s*$/u, "")} ${after.slice(close + 1)}`.trim();
    return { rest, parties: { ...inside, own: own || inside.own } };
  }
  if (before === "") return behalfFirst(after, own, book);
  const inside = partiesIn(untilOther(after.replace(SPEECH, ""), book), book);
  return { rest: before, parties: { ...inside, own: own || inside.own } };
}

/** Where the bracket that was open before a text closes in it. */
function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if ("([".includes(letter)) depth += 1;
    if (")]".includes(letter)) depth -= 1;
    if (depth < 0) return at;
  }
  return text.length;
}

/** The names at the start of a text: what comes after the first piece that is no name belongs to something else. */
function untilOther(text: string, book: NameBook): string {
  if (book.known(text)) return text;
  const other =
    /[,;]\s*(?=\[?name|(?:h\.?e\.?|mr|ms|mrs|permanent|deputy|minister|ambassador|the (?:permanent )?representative)\b)/iu.exec(
      text,
    );
  return other ? text.slice(0, other.index) : text;
}

/** "Speaking on behalf of the European Union, the representative of Slovakia": names first, then who spoke. */
function behalfFirst(after: string, own: boolean, book: NameBook): { rest: string; parties: PastedParties } {
  const pieces = after.split(/(\s*[,:]\s*)/u);
  for (let last = 0; last < pieces.length - 2; last += 2) {
    const inside = partiesIn(pieces.slice(0, last + 1).join(""), book);
    const rest = pieces.slice(last + 2).join("");
    const next = book.known(rest.replace(SPEECH, "")) ?? (OFFICE.test(rest.slice(0, 60)) ? NOBODY : null);
    if (inside.parties.every(({ meaning }) => meaning.match !== "none") && next) {
      return { rest, parties: { ...inside, own: own || inside.own } };
    }
  }
  return { rest: "", parties: { ...partiesIn(after, book), own } };
}

function roleIn(text: string): PastedSpeaker["role"] {
  if (/\bmoderat(?:or|ed)\b/iu.test(text)) return "moderator";
  if (/\bpanell?ist\b/iu.test(text)) return "panellist";
  if (/\bopening (?:remarks|statement)\b/iu.test(text)) return "opening";
  return /\b(?:presiding|in the chair)\b/iu.test(text) ? "presiding" : null;
}

function personIn(segments: readonly Segment[], hit: Hit): PastedSpeaker["person"] {
  const others = segments.filter((_, at) => at < hit.first || at > hit.last);
  const found = others.find(
    ({ text }) => isPerson(text) && !NOISE.test(text) && (PERSON.test(text) || !OFFICE.test(text)),
  );
  const leadPerson = PERSON.test(hit.lead) ? hit.lead : null;
  const name = (found?.text ?? leadPerson ?? "").replace(PERSON, "").trim();
  if (name === "" || /\[|\bname\b/iu.test(name) || OFFICE.test(name)) return null;
  const office = others.find(({ text }) => text !== found?.text && OFFICE.test(text) && text.length <= 120)?.text;
  const title = office ?? (OFFICE.test(hit.lead) && hit.lead !== leadPerson ? hit.lead : undefined);
  return { name, title: title ?? null };
}

/** How many different ones there are, groups aside: "Swaziland/Eswatini" is one; who is not certain counts each time. */
function countSpeakers(names: readonly PastedName[], book: NameBook): number {
  const speakers = names.filter(({ meaning }) => !isGroup(meaning, book));
  return new Set(speakers.map(({ meaning, printed }) => meaning.actorId ?? printed)).size;
}

/** Several names beside each other with nothing else: each spoke. */
function isListing(segments: readonly Segment[], hits: readonly Hit[], book: NameBook): boolean {
  if (hits.length < 2) return false;
  const covered = hits.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  const joined = hits.slice(1).every(({ first }) => /^[,;/+|]?$/u.test(segments[first]?.before ?? ""));
  return covered === segments.length && joined && countSpeakers(hits, book) > 1;
}

function ask(candidates: readonly string[]): Meaning {
  return { match: "fuzzy", actorId: null, candidates: [...new Set(candidates)] };
}

function decide(
  text: string,
  segments: readonly Segment[],
  hits: readonly Hit[],
  book: NameBook,
): { hit: Hit; more: Hit[] } | null {
  const [first] = hits;
  if (!first) return null;
  // Whoever is in a group's name is no speaker: "[EU] Slovakia", "Finland/Nordic".
  const states = hits.filter(({ meaning }) => !isGroup(meaning, book));
  const hit = states[0] ?? first;
  const more = hits.filter((other) => other !== hit && isGroup(other.meaning, book));
  const rivals = states.filter((other) => other !== hit && !sameActor(other.meaning, hit.meaning));
  const unexplained = segments.filter(
    ({ text: part }, at) =>
      !hits.some(({ first: from, last }) => at >= from && at <= last) && !isExplained(part, book, at > hit.last),
  );
  if (rivals.length > 0)
    return { hit: { ...hit, meaning: ask(states.flatMap(({ meaning }) => meaning.candidates)) }, more };
  if (unexplained.length === 0 || hit.led) return { hit, more };
  // "Guinea (Bisau)": what is left may make it another name.
  const whole = book.alike(text);
  if (whole?.actorId) return { hit: { ...hit, printed: text, meaning: whole }, more: [] };
  const parts = unexplained.flatMap(({ text: part }) => book.alike(part)?.candidates ?? []);
  return { hit: { ...hit, meaning: ask([...hit.meaning.candidates, ...(whole?.candidates ?? []), ...parts]) }, more };
}

function sameActor(a: Meaning, b: Meaning): boolean {
  return a.actorId !== null && a.actorId === b.actorId;
}

/** What a speech or a remark adds after a colon is nothing about who spoke. */
function withoutSpeech(text: string, book: NameBook): string {
  const colon = text.search(/:\s/u);
  if (colon < 0) return text;
  const head = text.slice(0, colon);
  if (hitsIn(head, segmentsOf(head), book).length > 0) return head;
  return text.slice(colon + 1).trim();
}

/** "Cuba's representative said": the representative of Cuba did. */
function possessorFirst(text: string, book: NameBook): string {
  const [, name = "", office = ""] = /^(?:the\s+)?(\p{Lu}[^,;:()]{1,60}?)['’]s?\s+(\p{L}.*)$/isu.exec(text) ?? [];
  return OFFICE.exec(office.slice(0, 40)) && book.known(name)?.actorId ? `${name}, ${office}` : text;
}

function listed(names: readonly PastedName[], text: string): PastedSpeaker[] {
  return names.map((name) => ({ ...name, ...NO_PARTIES, person: null, role: roleIn(text) }));
}

/** A sentence that names whoever else spoke: "Also speaking were the representatives of Chad, Denmark and Viet Nam." */
function listIn(text: string, book: NameBook): PastedSpeaker[] {
  const found = LISTING.exec(text);
  // "Sweden's delegate, speaking also on behalf of Denmark and Norway" lists for whom one spoke.
  if (!found || BEHALF.test(found[0])) return [];
  const names = namesIn(
    text
      .slice(found.index + found[0].length)
      .replace(SEAT, "")
      .replace(SPEECH, ""),
    book,
  );
  const certain = names.filter(({ meaning }) => meaning.actorId !== null).length;
  return names.length > 1 && certain * 2 > names.length ? listed(names, text) : [];
}

/** Whether an enumeration has several names and nothing else, each by a name that is known. */
function areSpeakers(names: readonly PastedName[], book: NameBook): boolean {
  const sure = names.filter(({ meaning: { actorId, match } }) => actorId !== null && match !== "fuzzy");
  return sure.length === names.length && countSpeakers(sure, book) > 1;
}

/** Whoever is announced so is named next, however the sentence goes on. */
const REPRESENTS = /\bthe (?:permanent )?(?:representative|delegate|observer) (?:of|for|from)\b/iu;

/** Whether a line in which nobody was found may still name somebody. */
function mayNameSomebody(text: string): boolean {
  if (!/\p{L}{2}/u.test(text) || HEADING.test(text) || LETTER.test(text) || NOISE.test(text)) return false;
  if (REPRESENTS.test(text)) return true;
  const words = text.split(/\s+/u);
  return words.length <= LONG && (text.match(SENTENCE) ?? []).length < 2;
}

/**
 * Who spoke by one line of text, without its number and time. Empty for what names nobody: headings, greetings, sentences.
 * A name that is not certain is there to be asked.
 */
export function readLine(line: string, book: NameBook): PastedSpeaker[] {
  const plain = line
    .replace(LEADING, "")
    .replace(TRAILING, "")
    .replace(/[\s.;,:]+$/u, "")
    .trim();
  const none = { ...NO_PARTIES, person: null, role: roleIn(plain) };
  const whole = book.known(plain);
  if (whole) return [{ printed: plain, meaning: whole, ...none }];

  const floor = FLOOR.exec(plain);
  const spoken = possessorFirst(withoutSpeech(floor ? plain.slice(floor.index + floor[0].length) : plain, book), book);
  const listing = listIn(spoken, book);
  if (listing.length > 0) return listing;

  const { rest, parties } = cutBehalf(spoken, book);
  const others = parties.parties.length > 0 ? listIn(rest, book) : [];
  if (others.length > 0)
    return others.map((one) => (spoken.includes(`${one.printed} (`) ? { ...one, ...parties } : one));
  const enumerated = namesIn(rest, book);
  if (areSpeakers(enumerated, book)) return listed(enumerated, plain);
  const segments = segmentsOf(rest);
  const hits = hitsIn(rest, segments, book);
  if (isListing(segments, hits, book)) return listed(hits, plain);
  const decided = decide(rest, segments, hits, book);
  if (decided) {
    const { hit, more } = decided;
    const added = more.map(({ printed, meaning }) => ({ printed, meaning }));
    return [
      {
        printed: hit.printed,
        meaning: hit.meaning,
        ...parties,
        parties: [...parties.parties, ...added],
        person: personIn(segments, hit),
        role: roleIn(plain),
      },
    ];
  }
  const names = book.alike(rest)?.actorId ? [] : namesIn(rest, book);
  if (names.length > 1 && names.every(({ meaning }) => meaning.actorId !== null)) return listed(names, plain);
  return readUnknown(rest, segments, parties, book).map((speaker) => ({ ...speaker, role: roleIn(plain) }));
}

/** Nobody is called so: whom the line means by likeness, or nobody on record. */
function readUnknown(
  rest: string,
  segments: readonly Segment[],
  parties: PastedParties,
  book: NameBook,
): PastedSpeaker[] {
  const speaker = (printed: string, meaning: Meaning): PastedSpeaker[] => [
    { printed, meaning, ...parties, person: null, role: null },
  ];
  const whole = book.alike(rest);
  if (whole?.actorId) return speaker(rest, whole);
  const kept = segments.filter(({ text }) => !NOISE.test(text) && !PERSON.test(text) && !/\[/u.test(text));
  for (const [at] of segments.entries()) {
    const led = ledName(rest, segments, at, book, (name) => book.alike(name));
    if (led) return speaker(led.printed, led.meaning);
  }
  const parts = kept.map(({ text }) => ({ printed: text, meaning: meaningOf(text, book) }));
  const found = parts.filter(({ meaning }) => meaning.match !== "none");
  const [only] = found;
  if (only && found.length === 1 && kept.length === 1) return speaker(only.printed, only.meaning);
  if (!mayNameSomebody(rest)) return [];
  const candidates = [...(whole?.candidates ?? []), ...found.flatMap(({ meaning }) => meaning.candidates)];
  return speaker(kept[0]?.text ?? rest, candidates.length > 0 ? ask(candidates) : NOBODY);
}
