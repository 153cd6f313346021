import { z } from "zod";
import type { ActorKind } from "@/features/actors/rules";
import { actorRef, day, languageTag, line, prose, slug, version } from "@/lib/input";

export const ACTOR_KINDS = [
  "member_state",
  "observer",
  "regional_organization",
  "group",
  "un_office",
  "civil_society",
] as const satisfies readonly ActorKind[];

/** What each kind is called on the page, one and several. */
export const KIND_NAMES: Record<ActorKind, { one: string; many: string }> = {
  member_state: { one: "Member state", many: "Member states" },
  observer: { one: "Observer", many: "Observers" },
  regional_organization: { one: "Regional organization", many: "Regional organizations" },
  group: { one: "Group", many: "Groups" },
  un_office: { one: "UN office", many: "UN offices" },
  civil_society: { one: "Civil society organization", many: "Civil society organizations" },
};

/** Kinds that have members. */
export const KINDS_WITH_MEMBERS: ReadonlySet<ActorKind> = new Set<ActorKind>(["group", "regional_organization"]);

/** The UN regional groups by slug, in the order in which the United Nations lists them. */
export const UN_REGIONS = [
  "un-african-group",
  "un-asia-pacific-group",
  "un-eastern-european-group",
  "un-grulac",
  "un-weog",
] as const;
export type UnRegion = (typeof UN_REGIONS)[number];

/** What each regional group is called on the page. */
export const UN_REGION_NAMES: Record<UnRegion, string> = {
  "un-african-group": "African Group",
  "un-asia-pacific-group": "Asia-Pacific Group",
  "un-eastern-european-group": "Eastern European Group",
  "un-grulac": "GRULAC",
  "un-weog": "WEOG",
};

/** The page of an actor: those with members have one among the groups, all others among the states. */
export function actorPath({ kind, slug }: { kind: ActorKind; slug: string }): string {
  return KINDS_WITH_MEMBERS.has(kind) ? `/groups/${slug}` : `/states/${slug}`;
}

export const NAME_KINDS = ["official", "short", "alias", "former"] as const;
export type ActorNameKind = (typeof NAME_KINDS)[number];

/** What each kind of name is called on the page. */
export const NAME_KIND_NAMES: Record<ActorNameKind, string> = {
  official: "Official",
  short: "Short",
  alias: "Also known as",
  former: "Former",
};

const MOST_NAMES = 100;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a period ends before it starts; an open end never does. */
function isBackwards(from: string | null | undefined, until: string | null | undefined): boolean {
  return Boolean(from && until && until < from);
}

/** A name with the days on which it is in use, both included. */
export const nameInput = z
  .strictObject({
    name: line(300),
    kind: z.enum(NAME_KINDS, "Choose the kind of name.").default("alias"),
    language: languageTag.default("en").describe("BCP 47 tag"),
    from: day.nullish().describe("First day of use; null where it is not known"),
    until: day.nullish().describe("Last day of use; null while it is in use"),
    source: prose(2000).nullish(),
  })
  .refine(({ from, until }) => !isBackwards(from, until), {
    path: ["until"],
    error: "The last day is before the first.",
  })
  .meta({ id: "ActorNameInput" });
export type NameInput = z.output<typeof nameInput>;

const names = z.array(nameInput).max(MOST_NAMES, `At most ${MOST_NAMES} names.`);

const fields = {
  kind: z.enum(ACTOR_KINDS, "Choose the kind of actor."),
  name: line(300).describe("The short name"),
  iso2: z
    .string()
    .regex(/^[A-Z]{2}$/, "Two capital letters.")
    .nullish(),
  iso3: z
    .string()
    .regex(/^[A-Z]{3}$/, "Three capital letters.")
    .nullish()
    .describe("ISO 3166 alpha-3; states and observers only"),
  m49: z
    .string()
    .regex(/^\d{3}$/, "Three digits, for example 004.")
    .nullish()
    .describe("UN M49 code, as text"),
  admittedOn: day.nullish().describe("First day as a member of the United Nations"),
  m49Region: line(100).nullish(),
  m49Subregion: line(100).nullish(),
  note: prose(5000).nullish(),
  source: prose(2000).nullish(),
  names,
};

/** A new actor. `name` becomes its short name; `names` are the others. */
export const actorInput = z
  .strictObject({
    ...fields,
    slug: slug.refine((text) => !UUID.test(text), "An address must not look like an id."),
    names: names.default([]),
  })
  .meta({ id: "ActorInput" });
export type ActorInput = z.output<typeof actorInput>;

/** A new actor; without a slug it gets one from its name. */
export type NewActor = Omit<ActorInput, "slug"> & { slug?: string | undefined };

/** The kinds that the form of a new actor offers. States and observers are loaded with the product. */
export const NEW_KINDS = ["group", "regional_organization", "un_office", "civil_society"] as const;
export type NewKind = (typeof NEW_KINDS)[number];

const LONGEST_NAME = 300;

function linesOf(text: string | undefined): string[] {
  const lines = (text ?? "").split("\n").map((one) => one.trim());
  return [...new Set(lines.filter((one) => one !== ""))];
}

const oneNameALine = prose(20_000).refine(
  (text) => linesOf(text).length < MOST_NAMES && linesOf(text).every((one) => one.length <= LONGEST_NAME),
  `One name a line, each of at most ${LONGEST_NAME} characters.`,
);

/** The form of a new actor: its short name, its official one, and other names one a line. */
export const newActorForm = z
  .strictObject({
    kind: z.enum(NEW_KINDS, "Choose the kind of actor."),
    name: line(LONGEST_NAME),
    official: line(LONGEST_NAME).optional(),
    others: oneNameALine.optional(),
    slug: slug.optional(),
    source: prose(2000).optional(),
    note: prose(5000).optional(),
  })
  .transform(({ official, others, ...rest }): NewActor => {
    const english = { language: "en" } as const;
    return {
      ...rest,
      names: [
        ...(official === undefined ? [] : [{ name: official, kind: "official" as const, ...english }]),
        ...linesOf(others).map((name) => ({ name, kind: "alias" as const, ...english })),
      ],
    };
  });

/**
 * Changes to an actor: fields that are absent stay, null clears. `name` replaces the short name, `names` the whole list
 * of names. The slug stays: pages and citations lead to it.
 */
export const actorPatch = z.strictObject(fields).partial().meta({ id: "ActorPatch" });
export type ActorPatch = z.output<typeof actorPatch>;

const nameRow = z
  .strictObject({
    name: line(LONGEST_NAME).optional(),
    kind: z.enum(NAME_KINDS, "Choose the kind of name.").default("alias"),
    language: languageTag.default("en"),
    from: day.optional(),
    until: day.optional(),
    source: prose(2000).optional(),
  })
  .refine(({ from, until }) => !isBackwards(from, until), {
    path: ["until"],
    error: "The last day is before the first.",
  });

/**
 * The form that revises an actor: codes, note, source and all names at once, from a version. What was left blank is cleared, a
 * row without a name is a name removed.
 */
export const actorReviseForm = z
  .strictObject({
    actor: actorRef,
    version,
    iso2: fields.iso2,
    iso3: fields.iso3,
    m49: fields.m49,
    admittedOn: fields.admittedOn,
    m49Region: fields.m49Region,
    m49Subregion: fields.m49Subregion,
    note: fields.note,
    source: fields.source,
    names: z.array(nameRow).max(MOST_NAMES, `At most ${MOST_NAMES} names.`).default([]),
  })
  .transform(({ actor, version, names: rows, iso2, iso3, m49, admittedOn, m49Region, m49Subregion, note, source }) => {
    const patch: ActorPatch = {
      iso2: iso2 ?? null,
      iso3: iso3 ?? null,
      m49: m49 ?? null,
      admittedOn: admittedOn ?? null,
      m49Region: m49Region ?? null,
      m49Subregion: m49Subregion ?? null,
      note: note ?? null,
      source: source ?? null,
      names: rows.flatMap(({ name, ...rest }) => (name === undefined ? [] : [{ name, ...rest }])),
    };
    return { actor, version, patch };
  });

const BACKWARDS = { path: ["until"], error: "The last day is before the first." };

const period = {
  from: day.nullish().describe("First day of membership; null where it is not known"),
  until: day.nullish().describe("Last day of membership; null while it lasts"),
  knownOn: day.nullish().describe("A day on which the source shows the membership, when its first day is not known"),
  source: prose(2000).describe("Where this is known from"),
  note: prose(5000).nullish(),
};

/** A new membership in a group; both days are days of membership. */
export const membershipInput = z
  .strictObject({ member: actorRef, ...period })
  .refine(({ from, until }) => !isBackwards(from, until), BACKWARDS)
  .meta({ id: "MembershipInput" });
export type MembershipInput = z.output<typeof membershipInput>;

/** Changes to a membership: fields that are absent stay, null clears. Its member and its group stay. */
export const membershipPatch = z
  .strictObject(period)
  .partial()
  .refine(({ from, until }) => !isBackwards(from, until), BACKWARDS)
  .meta({ id: "MembershipPatch" });
export type MembershipPatch = z.output<typeof membershipPatch>;

/** The form of a new membership: the member as somebody types it, by any of its names. */
export const membershipForm = z
  .strictObject({ group: actorRef, member: line(300), ...period })
  .refine(({ from, until }) => !isBackwards(from, until), BACKWARDS);

/** The form that corrects or ends a membership: all fields at once, from a version. What was left blank is cleared. */
export const membershipReviseForm = z
  .strictObject({ group: actorRef, membership: z.uuid(), version, ...period })
  .refine(({ from, until }) => !isBackwards(from, until), BACKWARDS)
  .transform(({ group, membership, version, from, until, knownOn, source, note }) => {
    const patch: MembershipPatch = {
      from: from ?? null,
      until: until ?? null,
      knownOn: knownOn ?? null,
      source,
      note: note ?? null,
    };
    return { group, membership, version, patch };
  });

/** The form that removes a membership which should never have been recorded. */
export const membershipRemoveForm = z.strictObject({
  group: actorRef,
  membership: z.uuid(),
  version,
  reason: line(500),
});

/** Into whom an actor is merged. */
export const mergeInput = z.strictObject({ into: actorRef }).meta({ id: "MergeInput" });

/** The form that confirms a merge, from the version of the actor that was looked at. */
export const mergeForm = z.strictObject({ actor: actorRef, into: actorRef, version });

const query = {
  kind: z.enum(ACTOR_KINDS, "There is no such kind of actor.").optional(),
  q: line(200).optional().describe("Part of any name or a code; case and accents do not matter"),
  group: actorRef.optional().describe("Members of this group on the day `on`"),
  on: day.optional().describe("The day for which names and memberships hold; today when absent"),
};
/** Filters of the list of actors. */
export const actorQuery = z.strictObject(query);
export type ActorFilter = z.output<typeof actorQuery>;

/** The columns by which states are sorted. */
export const STATE_SORTS = ["name", "iso3", "m49", "region", "admitted"] as const;
export type StateSort = (typeof STATE_SORTS)[number];

/** The kinds that the page of states shows beside states and observers. */
export const OTHER_KINDS = ["regional_organization", "un_office", "civil_society"] as const;
export type OtherKind = (typeof OTHER_KINDS)[number];

/** What the page of states shows. Without a kind: states and observers. */
export const statesQuery = z.object({
  kind: z.enum(OTHER_KINDS).optional(),
  q: line(200).optional(),
  region: z.enum([...UN_REGIONS, "none"]).optional(),
  group: line(120).optional().describe("Members of this group on the day"),
  on: day.optional(),
  sort: z.enum([...STATE_SORTS, ...STATE_SORTS.map((sort) => `-${sort}` as const)]).default("name"),
});
export type StatesQuery = z.output<typeof statesQuery>;

/** The views of the page of a group. */
export const GROUP_VIEWS = ["members", "periods", "statements", "positions", "cohesion", "names"] as const;
export type GroupView = (typeof GROUP_VIEWS)[number];

const nameDto = z.object({
  name: z.string(),
  kind: z.enum(NAME_KINDS),
  language: z.string(),
  from: z.string().nullable(),
  until: z.string().nullable(),
  source: z.string().nullable(),
});

/** An actor as pages and the API show it. */
export const actorDto = z
  .object({
    id: z.uuid(),
    kind: z.enum(ACTOR_KINDS),
    slug: z.string(),
    iso2: z.string().nullable(),
    iso3: z.string().nullable(),
    m49: z.string().nullable(),
    name: z.string().describe("The name to print for the day asked about"),
    names: z.array(nameDto),
    admittedOn: z.string().nullable(),
    m49Region: z.string().nullable(),
    m49Subregion: z.string().nullable(),
    note: z.string().nullable(),
    source: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: "Actor" });
export type ActorDto = z.output<typeof actorDto>;

/** An actor in a membership, with the name of the day asked about. */
const memberDto = z
  .object({
    id: z.uuid(),
    kind: z.enum(ACTOR_KINDS),
    slug: z.string(),
    iso3: z.string().nullable(),
    name: z.string(),
  })
  .meta({ id: "ActorBrief" });

/** A membership as pages and the API show it; both days are days of membership. */
export const membershipDto = z
  .object({
    id: z.uuid().describe("Id of the membership"),
    group: memberDto,
    member: memberDto,
    from: z
      .string()
      .nullable()
      .describe("Null: the first day is not known; it is taken to lie before any day asked about"),
    until: z.string().nullable(),
    knownOn: z.string().nullable(),
    source: z.string(),
    note: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: "Membership" });
export type MembershipDto = z.output<typeof membershipDto>;

/** An actor as a field with type-ahead offers it: `keys` are all its names and codes as `foldName` writes them. */
export type ActorOption = { ref: string; name: string; keys: string[] };
