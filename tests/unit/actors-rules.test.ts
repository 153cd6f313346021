import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ActorName, countedAs, foldName, membersOn, nameOn, registerOf, slugify } from "@/features/actors/rules";
import { EU, idOf, membersOf, party, world } from "../support/counting";

describe("membersOn", () => {
  const register = world();
  const eu = (day: string) => register.membersOn(idOf("european-union"), day);
  const has = (day: string, ref: string) => eu(day).some(({ memberId }) => memberId === idOf(ref));

  test("the European Union has 27, 28 and 27 members, and both ends of a period are days of membership", () => {
    const days = ["2013-06-30", "2013-07-01", "2017-09-06", "2020-01-31", "2020-02-01", "2021-05-17"];
    expect(days.map((day) => eu(day).length)).toEqual([27, 28, 28, 28, 27, 27]);
    expect([has("2013-06-30", "HRV"), has("2013-07-01", "HRV")]).toEqual([false, true]);
    expect([has("2020-01-31", "GBR"), has("2020-02-01", "GBR")]).toEqual([true, false]);
  });

  test("an unknown first day counts as before any day, and is marked", () => {
    const members = register.membersOn(idOf("nordic"), "1946-01-01");
    expect(members).toHaveLength(5);
    expect(members.every(({ membershipKnown }) => !membershipKnown)).toBe(true);
    expect(eu("2017-09-06").every(({ membershipKnown }) => membershipKnown)).toBe(true);
  });

  test("a membership is known from the day on which a source shows it", () => {
    const memberships = membersOf("g", [["AAA", null, null]]).map((one) => ({ ...one, knownOn: "2021-05-17" }));
    const known = (day: string) => membersOn(memberships, idOf("g"), day).map(({ membershipKnown }) => membershipKnown);
    expect([known("2021-05-16"), known("2021-05-17"), known("2024-01-01")]).toEqual([[false], [true], [true]]);
  });

  test("an unknown first day ends with the last day of membership", () => {
    const memberships = membersOf("g", [["AAA", null, "2010-01-01"]]);
    expect(membersOn(memberships, idOf("g"), "2010-01-01")).toHaveLength(1);
    expect(membersOn(memberships, idOf("g"), "2010-01-02")).toEqual([]);
  });

  test("a member with two periods is listed once on each day", () => {
    const memberships = membersOf("g", [
      ["AAA", null, "2000-12-31"],
      ["AAA", "2000-06-01", null],
    ]);
    expect(membersOn(memberships, idOf("g"), "2000-07-01")).toEqual([{ memberId: idOf("AAA"), membershipKnown: true }]);
    expect(membersOn(memberships.toReversed(), idOf("g"), "2000-07-01")).toEqual([
      { memberId: idOf("AAA"), membershipKnown: true },
    ]);
  });

  test("an organization is a member like others; its own members are not", () => {
    const members = register.membersOn(idOf("group-of-friends-r2p"), "2021-05-17").map(({ memberId }) => memberId);
    expect(members).toHaveLength(54);
    expect(members).toContain(idOf("european-union"));
    expect(members).not.toContain(idOf("AUT"));
  });

  test("a group that nobody joined has no members; the register says the same as the plain function", () => {
    expect(register.membersOn(idOf("empty-group"), "2017-09-06")).toEqual([]);
    expect(register.membersOn("no such group", "2017-09-06")).toEqual([]);
    const memberships = membersOf("european-union", EU);
    expect(eu("2017-09-06")).toEqual(membersOn(memberships, idOf("european-union"), "2017-09-06"));
  });
});

describe("registerOf", () => {
  test("asking for an actor that it lacks is a mistake of the caller, not a zero", () => {
    const register = registerOf([party("DNK")], []);
    expect(register.has(idOf("DNK"))).toBe(true);
    expect(register.has(idOf("SWE"))).toBe(false);
    expect(() => register.party(idOf("SWE"))).toThrow("no actor id of SWE");
  });
});

describe("countedAs", () => {
  test("a state counts from the day of its admission; without one on record it counts", () => {
    const southSudan = party("SSD", "member_state", "2011-07-14");
    expect(countedAs(southSudan, "2011-07-13")).toBeNull();
    expect(countedAs(southSudan, "2011-07-14")).toBe("member_state");
    expect(countedAs(party("DNK"), "1900-01-01")).toBe("member_state");
  });

  test("observers are observers, and no other actor is counted", () => {
    expect(countedAs(party("VAT", "observer"), "2017-09-06")).toBe("observer");
    for (const kind of ["regional_organization", "group", "un_office", "civil_society"] as const) {
      expect(countedAs(party("x", kind), "2017-09-06")).toBeNull();
    }
  });
});

describe("nameOn", () => {
  const name = (
    text: string,
    kind: ActorName["kind"],
    validFrom: string | null = null,
    validUntil: string | null = null,
  ) => ({
    name: text,
    kind,
    language: "en",
    validFrom,
    validUntil,
  });
  const turkey = [
    name("Türkiye", "official", "2022-06-01"),
    name("Turkey", "former", null, "2022-05-31"),
    name("Turkiye", "alias"),
    { ...name("Turquie", "official"), language: "fr" },
  ];

  test("prints the name that was valid on the day", () => {
    expect(nameOn(turkey, "2017-09-06")).toBe("Turkey");
    expect(nameOn(turkey, "2022-05-31")).toBe("Turkey");
    expect(nameOn(turkey, "2022-06-01")).toBe("Türkiye");
  });

  test("a dated name wins over an undated one, the younger period over the older, whatever the order", () => {
    const names = [
      name("Swaziland", "former", "1968-09-24", "2018-04-18"),
      name("Eswatini", "official"),
      name("Kingdom of Swaziland", "former", "1968-01-01", "2018-04-18"),
    ];
    expect(nameOn(names, "2017-09-06")).toBe("Swaziland");
    expect(nameOn(names.toReversed(), "2017-09-06")).toBe("Swaziland");
    expect(nameOn(names, "2019-01-01")).toBe("Eswatini");
  });

  test("falls back to official, short, any, in English first; null without names", () => {
    expect(nameOn([name("S", "short"), name("O", "official", "2030-01-01")], "2017-09-06")).toBe("O");
    expect(nameOn([name("A", "alias"), name("S", "short")], "2017-09-06")).toBe("S");
    expect(nameOn([name("F", "former"), name("A", "alias")], "2017-09-06")).toBe("A");
    expect(nameOn([{ ...name("Danemark", "official"), language: "fr" }, name("Denmark", "alias")], "2017-09-06")).toBe(
      "Denmark",
    );
    expect(nameOn([{ ...name("Danemark", "official"), language: "fr" }], "2017-09-06")).toBe("Danemark");
    expect(nameOn([], "2017-09-06")).toBeNull();
  });
});

describe("foldName", () => {
  test.each([
    ["Côte d'Ivoire", "cote divoire"],
    ["CÔTE D’IVOIRE", "cote divoire"],
    ["Co\u0302te d´Ivoire", "cote divoire"],
    ["cote divoire", "cote divoire"],
    ["The Netherlands", "netherlands"],
    ["THE  Gambia ", "gambia"],
    ["Türkiye", "turkiye"],
    ["TÜRKİYE", "turkiye"],
    ["Sao Tome & Principe", "sao tome and principe"],
    ["Guinea‑Bissau", "guinea bissau"],
    ["Timor–Leste", "timor leste"],
    ["Iran (Islamic Republic of)", "iran islamic republic of"],
    ["Łódź, Øresund, Đakovo, Straße, Ærø, ılıca", "lodz oresund dakovo strasse aero ilica"],
    ["Straße", "strasse"],
    ["STRASSE", "strasse"],
    ["ﬁnland", "finland"],
    ["Azərbaycan", "azerbaycan"],
    ["Den\u00admark\u200b", "denmark"],
    ["\u00a0Viet\u2009Nam\t", "viet nam"],
    ["Российская Федерация", "россииская федерация"],
    ["الإمارات", "الامارات"],
    ["中国", "中国"],
    ["the", "the"],
    ["—", ""],
  ])("%j folds to %j", (text, folded) => {
    expect(foldName(text)).toBe(folded);
  });

  test("folding again changes nothing, and only letters, digits and single spaces remain", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const folded = foldName(text);
        expect(foldName(folded)).toBe(folded);
        expect(folded).toMatch(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
      }),
      { numRuns: 2000 },
    );
  });

  test("case, an article and composed or decomposed accents make no difference", () => {
    const letters = fc.string({
      unit: fc.constantFrom(..."abcxyzéèüñçøłđßæÅŞğıЖщΣσ '-–().,".split("")),
      maxLength: 20,
    });
    fc.assert(
      fc.property(letters, (text) => {
        const folded = foldName(text);
        expect(foldName(text.toUpperCase())).toBe(folded);
        expect(foldName(text.normalize("NFD"))).toBe(folded);
        if (folded !== "") expect(foldName(`The ${text}`)).toBe(folded);
      }),
    );
  });
});

describe("slugify", () => {
  test.each([
    ["Côte d'Ivoire", "cote-divoire"],
    ["European Union", "european-union"],
    ["UN_WEOG", "un-weog"],
    ["GROUP_OF_FRIENDS_R2P", "group-of-friends-r2p"],
    ["Iran", "iran"],
    ["São Tomé and Príncipe", "sao-tome-and-principe"],
    ["The Elders", "the-elders"],
    ["中国", ""],
  ])("%j is addressed as %j", (text, slug) => {
    expect(slugify(text)).toBe(slug);
  });

  test("is always an address: lower-case ASCII, single hyphens inside, at most 80 characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        expect(slugify(text)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
        expect(slugify(text).length).toBeLessThanOrEqual(80);
      }),
    );
  });
});
