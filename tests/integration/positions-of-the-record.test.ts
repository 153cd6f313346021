import { beforeAll, expect, it } from "vitest";
import { call, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

useDatabase("record");
let token = "";
const get = async <T>(path: string): Promise<T> => json<T>(await call("GET", path, { token }));

beforeAll(async () => {
  token = await tokenFor();
});

it("are there with their sources and without an invented quotation", async () => {
  const { data, total } = await get<{ total: number; data: { quote: null; noQuoteReason: string }[] }>(
    "/positions?mode=own&limit=1000",
  );
  expect(total).toBe(data.length);
  expect(data.every(({ quote, noQuoteReason }) => quote === null && noQuoteReason !== null)).toBe(true);
});

it("reach exactly the states that the source lists for the Nordic statement of 2017", async () => {
  const { data } = await get<{ data: { actor: string; through: string }[] }>(
    "/positions?dialogue=unga-r2p-2017&issue=accountability_icc_icj&mode=delegated",
  );
  expect(data.map(({ actor, through }) => `${actor} ${through}`)).toEqual(
    ["DNK", "FIN", "ISL", "NOR", "SWE"].map((ref) => `${ref} nordic`),
  );
});

it("are latest as of each dialogue", async () => {
  type Cells = { rows: { actor: { iso3: string }; cells: { r2p_principle: { kind: string; value: string } } }[] };
  const cell = async (asOf: string, ref: string) =>
    (await get<Cells>(`/matrix?asOf=${asOf}&issues=r2p_principle`)).rows.find(({ actor }) => actor.iso3 === ref)?.cells
      .r2p_principle;
  expect(await cell("unga-r2p-2009", "NIC")).toMatchObject({ kind: "own", value: "oppose" });
  expect(await cell("2008-12-31", "NIC")).toMatchObject({ kind: "did_not_speak" });
  expect(await cell("unga-r2p-2021", "MEX")).toMatchObject({ kind: "delegated", value: "support" });
});
