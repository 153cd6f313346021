/** A calendar day as "YYYY-MM-DD": two days compare as strings. */
export type Day = string;

export type ActorKind = "member_state" | "observer" | "regional_organization" | "group" | "un_office" | "civil_society";

/** An actor as the counting rules see it. */
export type Party = {
  id: string;
  /** How routes and lists name it: ISO 3166 alpha-3 for states and observers, else the slug. */
  ref: string;
  kind: ActorKind;
  /** First day as a member of the United Nations; null where it is not known or there is none. */
  admittedOn: Day | null;
};

/** An actor in a group. Both days are days of membership. */
export type Membership = {
  groupId: string;
  memberId: string;
  /** Null: the first day is not known; it is taken to lie before any day asked about. */
  validFrom: Day | null;
  /** Null: still a member. */
  validUntil: Day | null;
  /** A day on which a source shows the membership, where its first day is not known. */
  knownOn?: Day | null;
};

/** A member of a group on one day. */
export type Member = {
  memberId: string;
  /** False: no source shows the membership on that day or before, and whoever prints the list has to say so. */
  membershipKnown: boolean;
};

/** What is known about actors, indexed once and asked many times. Made by `registerOf`. */
export type Register = {
  /** Every party, in the order in which it was given. */
  readonly parties: readonly Party[];
  has(id: string): boolean;
  /** The place of an actor in `parties`. Throws when the register lacks it: a count without it would be silently wrong. */
  indexOf(id: string): number;
  /** The actor. Throws like `indexOf`. */
  party(id: string): Party;
  /** As the function `membersOn`, without searching all memberships. */
  membersOn(groupId: string, day: Day): Member[];
};

export type ActorName = {
  name: string;
  kind: "official" | "short" | "alias" | "former";
  /** BCP 47 tag. */
  language: string;
  validFrom: Day | null;
  validUntil: Day | null;
};

type Period = { validFrom: Day | null; validUntil: Day | null };

function contains({ validFrom, validUntil }: Period, day: Day): boolean {
  return (validFrom === null || validFrom <= day) && (validUntil === null || day <= validUntil);
}

/**
 * The members of a group on a day, each once, in the order given. Members that are organizations are among them; nothing
 * is expanded.
 */
export function membersOn(memberships: readonly Membership[], groupId: string, day: Day): Member[] {
  const members = new Map<string, Member>();
  for (const membership of memberships) {
    if (membership.groupId !== groupId || !contains(membership, day)) continue;
    const { memberId } = membership;
    const shown = membership.validFrom ?? membership.knownOn ?? null;
    const membershipKnown = (shown !== null && shown <= day) || (members.get(memberId)?.membershipKnown ?? false);
    members.set(memberId, { memberId, membershipKnown });
  }
  return [...members.values()];
}

/** Indexes parties and memberships once, so that a page can ask for many statements. Both are read, never kept up to date. */
export function registerOf(parties: readonly Party[], memberships: readonly Membership[]): Register {
  const places = new Map(parties.map((party, place) => [party.id, place]));
  const byGroup = new Map<string, Membership[]>();
  for (const membership of memberships) {
    const group = byGroup.get(membership.groupId);
    if (group) group.push(membership);
    else byGroup.set(membership.groupId, [membership]);
  }

  function indexOf(id: string): number {
    const place = places.get(id);
    if (place === undefined) throw new Error(`The register has no actor ${id}.`);
    return place;
  }

  return {
    parties,
    has: (id) => places.has(id),
    indexOf,
    party: (id) => parties[indexOf(id)] as Party,
    membersOn: (groupId, day) => membersOn(byGroup.get(groupId) ?? [], groupId, day),
  };
}

/**
 * As what an actor is counted on a day: a member state from the day of its admission, an observer, or null for all
 * others. A state before its admission is counted nowhere; one whose admission is not known is counted.
 */
export function countedAs(party: Party, day: Day): "member_state" | "observer" | null {
  if (party.kind === "observer") return "observer";
  if (party.kind !== "member_state") return null;
  return party.admittedOn === null || party.admittedOn <= day ? "member_state" : null;
}

/**
 * The English name to print for a day: an official or former name whose dated period contains the day, else the undated
 * official one, else any official, short or other name (English before other languages). Null only without any name.
 */
export function nameOn(names: readonly ActorName[], day: Day): string | null {
  const formal = names.filter(({ kind, language }) => language === "en" && (kind === "official" || kind === "former"));
  const dated = formal
    .filter((name) => (name.validFrom !== null || name.validUntil !== null) && contains(name, day))
    // The youngest period is the most exact; after it the order of the rows must not matter.
    .sort(
      (a, b) =>
        compareText(b.validFrom ?? "", a.validFrom ?? "") || compareText(b.kind, a.kind) || compareText(a.name, b.name),
    );
  if (dated[0]) return dated[0].name;

  const ranked = [...names].sort((a, b) => fallbackRank(a) - fallbackRank(b) || compareText(a.name, b.name));
  return ranked[0]?.name ?? null;
}

/** Lower is better: language first, then the kind, then names without a period (one with a period is out of it here). */
function fallbackRank({ kind, language, validFrom, validUntil }: ActorName): number {
  const kinds = ["official", "short", "alias", "former"];
  return (language === "en" ? 0 : 100) + kinds.indexOf(kind) * 10 + (validFrom === null && validUntil === null ? 0 : 1);
}

/** Order of texts by their code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Letters that Unicode does not decompose into a base letter and a mark. Lower case: they are replaced after case folding. */
const LETTERS: Record<string, string> = {
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ħ: "h",
  ŧ: "t",
  ŋ: "n",
  ĸ: "k",
  ı: "i",
  ə: "e",
  ß: "ss",
  ς: "σ",
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");

/** Apostrophes as they are typed, typeset and transliterated. They vanish, so that "Côte d’Ivoire" is found by "cote divoire". */
const APOSTROPHE = /['’‘‛`´ʹʻʼʽʾʿˈ′＇]/gu;

function plainWords(text: string): string {
  return (
    text
      // Before decomposition, which would turn some of them into a space and a mark; and after it, which makes new ones.
      .replace(APOSTROPHE, "")
      .normalize("NFKD")
      .replace(APOSTROPHE, "")
      .replace(/[\p{M}\p{Cf}]/gu, "")
      // Up, then down: the nearest thing to Unicode's case folding that the language has.
      .toUpperCase()
      .toLowerCase()
      .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
      .replace(/&/gu, " and ")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
      .normalize("NFC")
  );
}

/**
 * A name reduced to what two spellings of it share: no case, accents, apostrophes, punctuation or leading "the"; single
 * spaces. The one definition by which an actor is found by any of its names; `ActorName.folded` holds it.
 * Empty when the text has neither letter nor digit.
 */
export function foldName(text: string): string {
  return plainWords(text).replace(/^(?:the )+/u, "");
}

/**
 * The address of an actor made from its name or code: "Côte d'Ivoire" is "cote-divoire", "UN_WEOG" is "un-weog". At most
 * 80 characters. Empty when nothing of the text can be written in ASCII letters and digits.
 */
export function slugify(text: string): string {
  return plainWords(text)
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-/u, "")
    .slice(0, 80)
    .replace(/-$/u, "");
}
