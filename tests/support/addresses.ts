import { readFileSync } from "node:fs";
import { withClient } from "@/scripts/db";
import { addShift } from "./shift";
import type { RunningCaller } from "./callers";

/** Every page and route of the build: its file below app, and its address with the parts that vary in braces. */
export function routesOfBuild(): [file: string, route: string][] {
  const manifest = JSON.parse(readFileSync(".next/app-path-routes-manifest.json", "utf8")) as Record<string, string>;
  return Object.entries(manifest).map(([file, route]) => [file, route.replace(/\[(\w+)\]/g, "{$1}")]);
}

/** Beginnings of addresses with parts that vary, longest first, each with records that there are. */
export type KnownAddresses = [shape: string, address: string][];

export async function knownAddresses(
  ownerUrl: string,
  callers: Record<"viewer", RunningCaller>,
): Promise<KnownAddresses> {
  const one = async (sql: string): Promise<string> => {
    const { rows } = await withClient(ownerUrl, (client) => client.query<{ value: string }>(sql));
    return rows[0]?.value ?? "";
  };
  const membership = await one(
    "select m.id as value from membership m join actor g on g.id = m.group_id where g.slug = 'nordic' limit 1",
  );
  const statement = await one(
    `select s.id as value from statement s join dialogue d on d.id = s.dialogue_id
     where d.slug = 'unga-r2p-2017' order by "order" limit 1`,
  );
  const sent = await one(
    `insert into import (id, kind, status, file_name, media_type, bytes, sha256, headers, notes, row_count)
     values (gen_random_uuid(), 'actors', 'ready', 'sent.csv', 'text/csv', 1, '', '{Name}', '{}', 0) returning id as value`,
  );
  const document = await one(
    `insert into document (id, sha256, bytes, size, media_type, file_name)
     values (gen_random_uuid(), encode(sha256('sent'), 'hex'), 'sent', 4, 'text/plain', 'sent.txt')
     on conflict (sha256) do update set file_name = excluded.file_name returning id as value`,
  );
  const text = await one(
    `insert into statement_text (id, statement_id, language, body, sha256)
     select gen_random_uuid(), '${statement}', coalesce(language, 'en'), 'Words that were said.', encode(sha256('Words that were said.'), 'hex')
     from statement where id = '${statement}'
     on conflict (statement_id, kind, language) do update set source = excluded.source returning id as value`,
  );
  const quotation = await one(
    `insert into quotation (id, text_id, exact, prefix, suffix, start, "end", paragraph)
     values (gen_random_uuid(), '${text}', 'Words', '', ' that were said.', 0, 5, 1) returning id as value`,
  );
  const view = await one(
    `insert into saved_view (id, owner_id, name, address, shared)
     select gen_random_uuid(), id, 'A view of ' || id, '/positions', true from "user" where id = '${callers.viewer.id}'
     on conflict (owner_id, lower(name)) where removed_at is null do update set note = excluded.note returning id as value`,
  );
  const shift = await addShift(one);
  const report = await one("select slug as value from report order by slug limit 1");
  return [
    ["/actors/{ref}/members/{id}", `/actors/nordic/members/${membership}`],
    ["/actors/{ref}/members", "/actors/nordic/members"],
    ["/actors/{ref}", "/actors/DNK"],
    ["/codebook/issues/{code}", "/codebook/issues/formal_agenda"],
    ["/codebook/{code}", "/codebook/formal_agenda"],
    ["/compare.csv-metadata.json", "/compare.csv-metadata.json?actors=DNK,nordic"],
    ["/compare.csv", "/compare.csv?actors=DNK,nordic"],
    ["/compare", "/compare?actors=DNK,nordic"],
    [
      "/dialogues/{slug}/statements/{id}/texts/{text}",
      `/dialogues/unga-r2p-2017/statements/${statement}/texts/${text}`,
    ],
    ["/dialogues/{slug}/statements/{id}", `/dialogues/unga-r2p-2017/statements/${statement}`],
    ["/dialogues/{slug}", "/dialogues/unga-r2p-2017"],
    ["/documents/{id}", `/documents/${document}`],
    ["/groups/{ref}/members/{id}", `/groups/nordic/members/${membership}`],
    ["/groups/{ref}", "/groups/nordic"],
    ["/import/{id}", `/import/${sent}`],
    ["/positions/{actor}/{issue}", "/positions/DNK/formal_agenda"],
    ["/positions/{actor}", "/positions/DNK"],
    ["/people/{id}", `/people/${callers.viewer.id}`],
    ["/quotations/{id}", `/quotations/${quotation}`],
    ["/reports/{ref}", `/reports/${report}`],
    ["/reports/{slug}", `/reports/${report}`],
    ["/search", "/search?q=responsibility"],
    ["/shifts/{actor}/{earlier}/{later}", shift],
    ["/states/{ref}", "/states/denmark"],
    ["/statements/{id}", `/statements/${statement}`],
    ["/trends/fell-silent", "/trends/fell-silent?dialogue=unga-r2p-2015"],
    ["/trends/first-time", "/trends/first-time?dialogue=unga-r2p-2013"],
    ["/texts/{id}/versions/{version}", `/texts/${text}/versions/1`],
    ["/texts/{id}", `/texts/${text}`],
    ["/views/{id}", `/views/${view}`],
    ["/votes/{ref}", "/votes/a-res-75-277"],
  ];
}

/** An address of the build with its parts filled in. A part that nobody has named fails the test that meets it. */
export function addressOf(pattern: string, known: KnownAddresses): string {
  const base = /^\/api(?:\/v1)?(?=\/)/.exec(pattern)?.[0] ?? "";
  const below = pattern.slice(base.length);
  const [shape, address] = known.find(([start]) => below.startsWith(start)) ?? ["", ""];
  const filled = `${base}${address}${below.slice(shape.length)}`;
  if (/[{}]/.test(filled)) throw new Error(`Say in tests/support/addresses.ts what stands in ${pattern}.`);
  return filled;
}
