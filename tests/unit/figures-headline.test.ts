import { describe, expect, test } from "vitest";
import { type Figures, headline } from "@/features/figures/rules";

type Numbers = { states?: number; observers?: number; organizations?: number; civil?: number; offices?: number };

function figuresOf(
  spoke: Numbers,
  represented: { states?: number; observers?: number } = {},
): Pick<Figures, "spoke" | "represented"> {
  const { states = 0, observers = 0, organizations = 0, civil = 0, offices = 0 } = spoke;
  return {
    spoke: {
      memberStates: states,
      observers,
      regionalOrganizations: organizations,
      civilSociety: civil,
      unOffices: offices,
    },
    represented: { states: represented.states ?? 0, observers: represented.observers ?? 0 },
  };
}

const sentence = (figures: Pick<Figures, "spoke" | "represented">, regionalOrganization?: string | null) =>
  headline(figures, { regionalOrganization })
    .map(({ text }) => text)
    .join("");

describe("headline", () => {
  test("the sentence of 2017, each number with the rows that it opens", () => {
    const figures = figuresOf({ states: 73, observers: 2, organizations: 1, civil: 5 }, { states: 98, observers: 2 });
    expect(sentence(figures, "European Union")).toBe(
      "73 member states, 2 observers and the European Union delivered statements on behalf of 98 states. 5 civil society organizations also spoke.",
    );
    expect(headline(figures, { regionalOrganization: "European Union" }).filter(({ link }) => link !== null)).toEqual([
      { text: "73 member states", value: 73, link: { show: "speakers", kind: "member_state" } },
      { text: "2 observers", value: 2, link: { show: "speakers", kind: "observer" } },
      { text: "the European Union", value: 1, link: { show: "speakers", kind: "regional_organization" } },
      { text: "98 states", value: 98, link: { show: "represented", kind: "member_state" } },
      { text: "5 civil society organizations", value: 5, link: { show: "speakers", kind: "civil_society" } },
    ]);
  });

  test.each<[string, Numbers, { states?: number; observers?: number }, string | null]>([
    ["No counted statement is on record yet.", {}, {}, null],
    ["1 member state spoke on behalf of 1 state.", { states: 1 }, { states: 1 }, null],
    ["1 member state spoke on behalf of 5 states.", { states: 1 }, { states: 5 }, null],
    ["2 member states delivered statements on behalf of 1 state.", { states: 2 }, { states: 1 }, null],
    ["2 member states delivered statements on behalf of no states.", { states: 2 }, {}, null],
    ["The European Union spoke on behalf of 28 states.", { organizations: 1 }, { states: 28 }, "European Union"],
    ["1 regional organization spoke on behalf of no states.", { organizations: 1 }, {}, null],
    [
      "43 member states and 3 regional organizations delivered statements on behalf of 43 states.",
      { states: 43, organizations: 3 },
      { states: 43 },
      "European Union",
    ],
    [
      "1 member state and 1 observer delivered statements on behalf of 1 state.",
      { states: 1, observers: 1 },
      { states: 1, observers: 1 },
      null,
    ],
    [
      "54 member states and 1 observer delivered statements on behalf of 102 states and 2 observers.",
      { states: 54, observers: 1 },
      { states: 102, observers: 2 },
      null,
    ],
    ["2 member states delivered statements on behalf of 1 observer.", { states: 2 }, { observers: 1 }, null],
    ["1 civil society organization spoke.", { civil: 1 }, {}, null],
    ["5 civil society organizations and 1 UN office spoke.", { civil: 5, offices: 1 }, {}, null],
    [
      "1 member state spoke on behalf of 1 state. 2 UN offices also spoke.",
      { states: 1, offices: 2 },
      { states: 1 },
      null,
    ],
    ["Statements were delivered on behalf of 2 states.", {}, { states: 2 }, null],
    [
      "Statements were delivered on behalf of 2 states. 1 civil society organization also spoke.",
      { civil: 1 },
      { states: 2 },
      null,
    ],
  ])("%s", (expected, spoke, represented, organization) => {
    expect(sentence(figuresOf(spoke, represented), organization)).toBe(expected);
  });

  test.each([
    ["European Union", "2 member states and the European Union"],
    ["The African Union", "2 member states and the African Union"],
    ["the Caribbean Community", "2 member states and the Caribbean Community"],
    ["Association of Southeast Asian Nations", "2 member states and the Association of Southeast Asian Nations"],
    ["AU", "2 member states and the AU"],
    ["CARICOM", "2 member states and CARICOM"],
    ["Mercosur", "2 member states and Mercosur"],
  ])("names the only regional organization as English does: %s", (name, start) => {
    expect(sentence(figuresOf({ states: 2, organizations: 1 }, { states: 2 }), name)).toMatch(
      new RegExp(`^${start} delivered`),
    );
  });

  test("the article does not change a name at the start of the sentence", () => {
    expect(sentence(figuresOf({ organizations: 1 }), "CARICOM")).toBe("CARICOM spoke on behalf of no states.");
    expect(sentence(figuresOf({ organizations: 1 }), null)).toBe(
      "1 regional organization spoke on behalf of no states.",
    );
  });
});
