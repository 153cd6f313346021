import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readList, type PastedLine } from "@/features/actors/rules/pasted-list";
import { shippedBook } from "@/tests/support/names";

const book = shippedBook();

/** Whom lines name, "?" where it has to be asked; "-" when they name nobody. */
function named(lines: readonly PastedLine[]): string {
  return lines.map(({ meaning }) => meaning.actorId ?? "?").join(", ") || "-";
}

describe("a list of another style than those that the reading was made for", () => {
  const cases = readFileSync(new URL("../fixtures/pasted/held-out.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" => ") as [string, string]);
  const read = cases.map(([text, wanted]) => ({ text, wanted, got: named(readList(text, book)) }));

  it("names nobody wrongly", () => {
    expect(read.filter(({ wanted, got }) => got !== wanted && got !== "?")).toEqual([]);
  });

  it("needs no choice for 97 of a hundred of its speakers", () => {
    const speakers = read.filter(({ wanted }) => wanted !== "-" && wanted !== "?");
    const understood = speakers.filter(({ wanted, got }) => got === wanted);
    expect(understood.length / speakers.length).toBeGreaterThanOrEqual(0.97);
  });
});

const group = (text: string): string => {
  const [line] = readList(text, book);
  const names = (line?.parties ?? []).map(({ meaning }) => meaning.actorId ?? "?").join(", ");
  const left = (line?.except ?? []).map(({ meaning }) => meaning.actorId ?? "?").join(", ");
  return `${line?.meaning.actorId ?? "?"}: ${line?.own ? "own, " : ""}${names}${left ? ` without ${left}` : ""}`;
};

describe("for whom somebody spoke", () => {
  it.each([
    ["Denmark (on behalf of the Nordic countries)", "DNK: nordic"],
    ["1. Rwanda, also on behalf of the Group of Friends of R2P", "RWA: own, group-of-friends-r2p"],
    ["Slovakia [EU]", "SVK: european-union"],
    ["The representative of Sweden, speaking for the Nordic countries, said prevention came first", "SWE: nordic"],
    [
      "Speaking on behalf of the European Union, the representative of Slovakia stressed prevention",
      "SVK: european-union",
    ],
    ["Azerbaijan, in its capacity as Chair of the Non-Aligned Movement", "AZE: nam"],
    ["Fiji (on behalf of Samoa, Tonga and his own country)", "FJI: own, WSM, TON"],
    ["Chile on behalf of Bosnia and Herzegovina, Peru and Trinidad and Tobago", "CHL: BIH, PER, TTO"],
    [
      "Croatia (on behalf of the Group of Friends of R2P, except Liechtenstein)",
      "HRV: group-of-friends-r2p without LIE",
    ],
    ["Australia, on behalf of Canada, Australia and New Zealand", "AUS: canz"],
    ["European Union (on behalf of the European Union and its Member States)", "european-union: european-union"],
    ["Malaysia on behalf of the Association of Southeast Asian Nations (ASEAN)", "MYS: asean"],
    ["Norway (on behalf of a number of countries)", "NOR: ?"],
  ])("%s", (text, wanted) => {
    expect(group(text)).toBe(wanted);
  });
});

describe("lines of many styles", () => {
  it.each([
    ["Antigua and Barbuda", "ATG"],
    ["Saint Vincent and the Grenadines", "VCT"],
    ["Korea, Republic of", "KOR"],
    ["Korea, Democratic People's Republic of", "PRK"],
    ["Congo, Democratic Republic of the", "COD"],
    ["Iran (Islamic Republic of)", "IRN"],
    ["Micronesia (Federated States of)", "FSM"],
    ["Kingdom of Norway", "NOR"],
    ["The Republic of the Gambia", "GMB"],
    ["République démocratique du Congo", "COD"],
    ["Российская Федерация", "RUS"],
    ["中国", "CHN"],
    ["فرنسا", "FRA"],
    ["dnk", "DNK"],
    ["DNK", "DNK"],
    ["can", "?"],
    ["DE", "?"],
    ["7\tDenmark\tDNK\tstatement", "DNK"],
    ["7\tDenmark\tSWE\tstatement", "?"],
    ["Chad (H.E. Mr. [name])", "TCD"],
    ["Mr. [name], Minister for Foreign Affairs of Papua New Guinea", "PNG"],
    ["Norway, Sweden and Bosnia and Herzegovina", "NOR, SWE, BIH"],
    ["Also speaking were the representatives of Chad, Denmark and Viet Nam.", "TCD, DNK, VNM"],
    ["Congo", "?"],
    ["Korea", "?"],
    ["Republic of China", "?"],
    ["Nigera", "?"],
    ["Austrla", "?"],
    ["Guinea (Bisau)", "GNB"],
    ["Guinea (Bissaw Republic)", "?"],
    ["American Samoa", "?"],
    ["North Sudan", "?"],
    ["Member States", "-"],
    ["Wednesday, 6 September 2017, 10 a.m.", "-"],
    ["He also called on all states to support the code of conduct, which was overdue.", "-"],
    ["https://www.un.org/en/ga/debate", "-"],
    ["", "-"],
  ])("%s → %s", (text, wanted) => {
    expect(named(readList(text, book))).toBe(wanted);
  });

  it("the lines of a press release with 75 speakers: two in a hundred are asked, none is wrong", () => {
    const text = readFileSync(new URL("../fixtures/pasted/press-release.txt", import.meta.url), "utf8");
    const lines = readList(text, book);
    expect(lines).toHaveLength(75);
    expect(lines.filter(({ meaning }) => meaning.actorId === null).map(({ printed }) => printed)).toEqual([
      "Congo",
      "Korea",
      "Sloveka",
    ]);
  });
});

describe("sentences of a press release", () => {
  it.each([
    ["Cuba’s representative said that the concept remained ambiguous.", "CUB"],
    ["Sweden’s delegate, speaking also on behalf of Denmark and Norway, said the Council must act.", "SWE"],
    ["[NAME] (Republic of Korea) noted that prevention is national.", "KOR"],
    ["An observer of the State of Palestine also spoke.", "PSE"],
    ["Speaking in exercise of the right of reply, the representative of the Russian Federation rejected that.", "RUS"],
    ["The representatives of Saint Kitts and Nevis (on behalf of CARICOM) and Fiji also spoke.", "KNA, FJI"],
    [
      "Also speaking were the representatives of Georgia, Czechia and Cabo Verde, as well as the Holy See.",
      "GEO, CZE, CPV, VAT",
    ],
    ["The General Assembly met this morning to consider the report of the Secretary-General (document A/75/863).", "-"],
    [
      "Then the representative of Nowhere wondered aloud about a great many things that no list of verbs foresees.",
      "?",
    ],
    ["Swaziland/Eswatini", "SWZ"],
  ])("%s → %s", (text, wanted) => {
    expect(named(readList(text, book))).toBe(wanted);
  });
});
