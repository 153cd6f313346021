import {
  type ActorKind,
  type Day,
  type Membership,
  type Party,
  type Register,
  registerOf,
} from "@/features/actors/rules";
import type { CountedStatement, Represents } from "@/features/statements/rules";

/** Builders of small worlds to count in. Everything is named by its ref; ids differ from refs, so that no test can mix them up. */
export const idOf = (ref: string): string => `id of ${ref}`;

export function party(ref: string, kind: ActorKind = "member_state", admittedOn: Day | null = null): Party {
  return { id: idOf(ref), ref, kind, admittedOn };
}

/** Memberships of one group. A member is a ref, or a ref with its first and last day. */
export function membersOf(group: string, members: (string | [string, Day | null, Day | null])[]): Membership[] {
  return members.map((member) => {
    const [ref, validFrom, validUntil] = typeof member === "string" ? [member, "1950-01-01", null] : member;
    return { groupId: idOf(group), memberId: idOf(ref), validFrom, validUntil };
  });
}

export const own: Represents = { basis: "own", actorId: null, excluded: [] };
export const group = (ref: string, ...excluded: string[]): Represents => ({
  basis: "group",
  actorId: idOf(ref),
  excluded: excluded.map(idOf),
});
export const named = (ref: string): Represents => ({ basis: "named", actorId: idOf(ref), excluded: [] });
export const aligned = (ref: string): Represents => ({ basis: "aligned", actorId: idOf(ref), excluded: [] });

let statements = 0;

/** A statement by a speaker, in own capacity unless `representations` says otherwise, on 6 September 2017. */
export function said(
  speaker: string,
  representations: Represents[] = [],
  more: Partial<CountedStatement> = {},
): CountedStatement {
  statements += 1;
  return {
    id: `statement ${statements}`,
    speakerId: idOf(speaker),
    role: "statement",
    day: "2017-09-06",
    meeting: null,
    withdrawn: false,
    representations,
    ...more,
  };
}

/** The European Union with the days of accession and departure. */
export const EU: [string, Day, Day | null][] = [
  ...["BEL", "DEU", "FRA", "ITA", "LUX", "NLD"].map((ref): [string, Day, null] => [ref, "1958-01-01", null]),
  ...["DNK", "IRL"].map((ref): [string, Day, null] => [ref, "1973-01-01", null]),
  ["GBR", "1973-01-01", "2020-01-31"],
  ["GRC", "1981-01-01", null],
  ...["ESP", "PRT"].map((ref): [string, Day, null] => [ref, "1986-01-01", null]),
  ...["AUT", "FIN", "SWE"].map((ref): [string, Day, null] => [ref, "1995-01-01", null]),
  ...["CYP", "CZE", "EST", "HUN", "LVA", "LTU", "MLT", "POL", "SVK", "SVN"].map((ref): [string, Day, null] => [
    ref,
    "2004-05-01",
    null,
  ]),
  ...["BGR", "ROU"].map((ref): [string, Day, null] => [ref, "2007-01-01", null]),
  ["HRV", "2013-07-01", null],
];

export const NORDIC = ["DNK", "FIN", "ISL", "NOR", "SWE"];
export const BALTIC = ["EST", "LVA", "LTU"];

/** The states named in the Group of Friends statement of May 2021; the European Union and Singapore are members beside them. */
export const FRIENDS_2021 =
  `ARG AUS BGD BEL BIH BWA CAN CHL CRI CIV HRV CZE DNK FIN FRA DEU GHA GTM HUN IRL ITA JPN LBR LIE LUX MLI MHL MEX MAR
   MOZ NLD NZL NGA NOR PAN PER QAT KOR RWA ROU SEN SLE SVK SVN SSD ESP SWE CHE TZA GBR USA URY`.split(/\s+/);

/** The part of the world that these groups reach, with two observers and one organization of every other kind. */
export function world(): Register {
  const states = new Set([
    ...EU.map(([ref]) => ref),
    ...NORDIC,
    ...BALTIC,
    ...FRIENDS_2021,
    "SGP",
    "IND",
    "ALB",
    "UKR",
  ]);
  states.delete("SSD");
  return registerOf(
    [
      ...[...states].map((ref) => party(ref)),
      party("SSD", "member_state", "2011-07-14"),
      party("VAT", "observer"),
      party("PSE", "observer"),
      party("european-union", "regional_organization"),
      party("african-union", "regional_organization"),
      party("nordic", "group"),
      party("baltic", "group"),
      party("group-of-friends-r2p", "group"),
      party("empty-group", "group"),
      party("ohchr", "un_office"),
      party("global-centre", "civil_society"),
    ],
    [
      ...membersOf("european-union", EU),
      ...membersOf(
        "nordic",
        NORDIC.map((ref) => [ref, null, null]),
      ),
      ...membersOf(
        "baltic",
        BALTIC.map((ref) => [ref, null, null]),
      ),
      ...membersOf(
        "group-of-friends-r2p",
        [...FRIENDS_2021, "european-union", "SGP"].map((ref) => [ref, null, null]),
      ),
    ],
  );
}
