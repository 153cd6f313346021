import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  dateOf,
  dayOf,
  formatDay,
  formatDayRange,
  formatInstant,
  formatList,
  formatNumber,
  formatPeriod,
  formatRelative,
  isDay,
  ordinal,
  ordinalWord,
  plural,
} from "@/lib/format";

// Fourteen hours ahead of UTC: where local time is used by mistake, every day here is a day off.
const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = "Pacific/Kiritimati";
});
afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe("days", () => {
  it("runs far from UTC, or the rest proves nothing", () => {
    expect(new Date(2017, 8, 6).getTimezoneOffset()).toBe(-14 * 60);
  });

  it("goes from a date column to a day and back", () => {
    expect(dayOf(new Date("2017-09-06T00:00:00Z"))).toBe("2017-09-06");
    expect(dateOf("2017-09-06").toISOString()).toBe("2017-09-06T00:00:00.000Z");
  });

  it("returns every day unchanged", () => {
    const days = fc.date({
      min: new Date("0001-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(days, (date) => {
        const day = dayOf(date);
        expect(isDay(day)).toBe(true);
        expect(dayOf(dateOf(day))).toBe(day);
      }),
    );
  });

  it.each(["2016-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])("knows %s", (text) => {
    expect(isDay(text)).toBe(true);
  });

  it.each([
    "2017-02-30",
    "2017-02-29",
    "1900-02-29",
    "2017-13-01",
    "2017-00-10",
    "2017-09-00",
    "2017-09-31",
    "0000-01-01",
    "2017-9-6",
    "06/09/2017",
    "2017-09-06T00:00:00Z",
    " 2017-09-06",
    "2017-09-06\n",
    "",
    "today",
  ])("refuses %j", (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => dateOf(text)).toThrow(RangeError);
  });

  it("prints a day with a three-letter month", () => {
    expect(formatDay("2017-09-06")).toBe("6 Sep 2017");
    expect(formatDay("2024-05-31")).toBe("31 May 2024");
    expect(() => formatDay("2017-02-30")).toThrow(RangeError);
  });

  it("prints a range without repeating what its ends share", () => {
    expect(formatDayRange("2017-09-06", "2017-09-06")).toBe("6 Sep 2017");
    expect(formatDayRange("2019-06-27", "2019-06-28")).toBe("27–28 Jun 2019");
    expect(formatDayRange("2018-06-25", "2018-07-02")).toBe("25 Jun – 2 Jul 2018");
    expect(formatDayRange("2018-12-30", "2019-01-02")).toBe("30 Dec 2018 – 2 Jan 2019");
    expect(formatDayRange("2018-06-25", "2019-06-27")).toBe("25 Jun 2018 – 27 Jun 2019");
  });

  it("prints a period with open ends", () => {
    expect(formatPeriod("2013-07-01", null)).toBe("since 1 Jul 2013");
    expect(formatPeriod(null, "2020-01-31")).toBe("until 31 Jan 2020");
    expect(formatPeriod("1973-01-01", "2020-01-31")).toBe("1 Jan 1973 – 31 Jan 2020");
    expect(formatPeriod(null, null)).toBe("");
  });
});

describe("instants", () => {
  it("are printed in UTC, and say so", () => {
    expect(formatInstant(new Date("2017-09-06T14:05:59.999Z"))).toBe("6 Sep 2017, 14:05 UTC");
    expect(formatInstant(new Date("2017-09-06T23:59:00Z"))).toBe("6 Sep 2017, 23:59 UTC");
  });

  it.each([
    [0, "just now"],
    [4, "just now"],
    [12, "12 s ago"],
    [59, "59 s ago"],
    [60, "1 min ago"],
    [3599, "59 min ago"],
    [3600, "1 h ago"],
    [86_399, "23 h ago"],
    [86_400, "1 day ago"],
    [30 * 86_400, "30 days ago"],
    [31 * 86_400, "6 Aug 2017"],
    [-180, "in 3 min"],
    [-3 * 86_400, "in 3 days"],
  ])("%i seconds before are %j", (seconds, words) => {
    const now = new Date("2017-09-06T14:05:00Z");
    expect(formatRelative(new Date(now.getTime() - seconds * 1000), now)).toBe(words);
  });
});

describe("numbers and words", () => {
  it("groups thousands", () => {
    expect(formatNumber(98)).toBe("98");
    expect(formatNumber(1234)).toBe("1,234");
  });

  it("joins lists without a comma before and", () => {
    expect(formatList([])).toBe("");
    expect(formatList(["a"])).toBe("a");
    expect(formatList(["a", "b"])).toBe("a and b");
    expect(formatList(["a", "b", "c"])).toBe("a, b and c");
  });

  it("agrees the noun with its number", () => {
    expect(plural(0, "state", "states")).toBe("0 states");
    expect(plural(1, "state", "states")).toBe("1 state");
    expect(plural(1000, "state", "states")).toBe("1,000 states");
  });

  it.each([
    [1, "1st", "first"],
    [2, "2nd", "second"],
    [3, "3rd", "third"],
    [4, "4th", "fourth"],
    [9, "9th", "ninth"],
    [11, "11th", "eleventh"],
    [12, "12th", "twelfth"],
    [13, "13th", "thirteenth"],
    [20, "20th", "twentieth"],
    [21, "21st", "twenty-first"],
    [40, "40th", "fortieth"],
    [85, "85th", "eighty-fifth"],
    [99, "99th", "ninety-ninth"],
    [101, "101st", "101st"],
    [112, "112th", "112th"],
  ])("%i is %s, in words %s", (value, figures, words) => {
    expect(ordinal(value)).toBe(figures);
    expect(ordinalWord(value)).toBe(words);
  });
});
