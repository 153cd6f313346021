import "server-only";
import { foldName, slugify } from "@/features/actors/rules";
import { actorInput, KIND_NAMES, type ActorInput, type NameInput } from "@/features/actors/schema";
import { recordAuditMany } from "@/features/audit/mutations";
import {
  errorAt,
  type Claim,
  type KindOfImport,
  type Making,
  type Understood,
} from "@/features/imports/mutations/kind";
import { namesOfActors, type NameRow, type NamesFile } from "@/features/imports/queries/names";
import { textsOf } from "@/features/imports/queries/people";
import { reader, type Cells } from "@/features/imports/rules/mapping";
import { issuesOf, kindOf } from "@/features/imports/rules/rows";
import type { RowIssue } from "@/features/imports/schema";
import { uuid7 } from "@/lib/uuid7";

const CODES = ["slug", "iso2", "iso3", "m49"] as const;
const CODE_WORDS = { slug: "address", iso2: "ISO2 code", iso3: "ISO3 code", m49: "M49 code" } as const;

function namesOf(input: ActorInput, official: string | undefined, others: string | undefined): NameInput[] {
  const alias = (others ?? "").split(";").map((name) => name.trim());
  const names: NameInput[] = [
    { name: input.name, kind: "short", language: "en" },
    ...(official === undefined ? [] : [{ name: official, kind: "official" as const, language: "en" }]),
    ...[...new Set(alias)].filter(Boolean).map((name) => ({ name, kind: "alias" as const, language: "en" })),
  ];
  return names;
}

/** The names that a file of its own gives an actor; its short name is one of them. */
function namesIn(rows: NameRow[], { headers, mapping }: NamesFile, { name }: ActorInput): object[] {
  const read = reader(headers, mapping);
  const names = rows.map(({ cells }) => {
    const row = read(cells);
    const [kind, language] = [row.text("kind"), row.text("language")];
    return {
      name: row.text("name"),
      ...(kind === undefined ? {} : { kind }),
      ...(language === undefined ? {} : { language }),
      from: row.text("from"),
      until: row.text("until"),
      source: row.text("source"),
    };
  });
  const named = names.some((one) => one.name === name && one.kind === "short");
  return named ? names : [...names, { name, kind: "short", language: "en" }];
}

/** What is wrong with the names of an actor, with the row of the file of names where there is one. */
function namesIssues(error: Parameters<typeof issuesOf>[0], cells: Cells, rows: NameRow[] | null): RowIssue[] {
  if (!rows) return issuesOf(error, cells, () => "others");
  return error.issues.map(({ path: [at, field], message }) => {
    const row = typeof at === "number" ? rows[at]?.row : undefined;
    const where = row === undefined ? "" : `, row ${row} of the file of names, ${String(field ?? "name")}`;
    return errorAt(cells, "name", `Its names${where}: ${message}`);
  });
}

/** Actors with their names, by the rules by which they are recorded one by one. */
export function actors({ tx, taking, names: namesFile }: Making): KindOfImport<ActorInput> {
  const texts = textsOf(tx);

  /** The codes and addresses of these rows that are taken, each with the address of who has it. */
  async function takenCodes(rows: ActorInput[]): Promise<Map<string, string>> {
    const given = (code: (typeof CODES)[number]) => rows.flatMap((row) => row[code] ?? []);
    const found = await tx.actor.findMany({
      where: { OR: CODES.map((code) => ({ [code]: { in: given(code) } })) },
      select: { slug: true, iso2: true, iso3: true, m49: true },
    });
    return new Map(found.flatMap((actor) => CODES.map((code) => [`${code} ${actor[code]}`, actor.slug] as const)));
  }

  const understand: KindOfImport<ActorInput>["understand"] = async (rows) => {
    if (!taking) await texts.learn(rows.map(({ cells }) => cells.text("name") ?? ""));
    const slugs = rows.flatMap(({ cells }) => cells.text("slug") ?? []);
    const written = namesFile ? await namesOfActors(tx, namesFile, slugs) : null;
    const understood = rows.map(({ row, cells }): Understood<ActorInput> => {
      const issues: RowIssue[] = [];
      const name = cells.text("name");
      const parsed = actorInput.safeParse({
        kind: kindOf(cells.text("kind")),
        name,
        slug: cells.text("slug") ?? slugify(name ?? ""),
        iso2: cells.text("iso2"),
        iso3: cells.text("iso3"),
        m49: cells.text("m49"),
        admittedOn: cells.text("admittedOn"),
        m49Region: cells.text("m49Region"),
        m49Subregion: cells.text("m49Subregion"),
        note: cells.prose("note"),
        source: cells.text("source"),
      });
      if (!parsed.success) {
        issues.push(
          ...issuesOf(parsed.error, cells, (path) => (path === "slug" && !cells.text("slug") ? "name" : path)),
        );
        return { row, cells, issues, claims: [], value: null };
      }
      const own = written?.get(parsed.data.slug) ?? null;
      const names = actorInput.shape.names.safeParse(
        own && namesFile
          ? namesIn(own, namesFile, parsed.data)
          : namesOf(parsed.data, cells.text("official"), cells.text("others")),
      );
      if (!names.success) issues.push(...namesIssues(names.error, cells, own));
      const input = { ...parsed.data, names: names.data ?? [] };
      if (input.iso3 && input.kind !== "member_state" && input.kind !== "observer") {
        const kind = KIND_NAMES[input.kind].one.toLowerCase();
        issues.push(errorAt(cells, "iso3", `Only states and observers have an ISO3 code, not a ${kind}.`));
      }
      const same = name === undefined ? [] : texts.matches(name);
      if (same.length > 0) {
        const message = `${name} is also a name of ${same.map(({ ref }) => ref).join(" and ")}, which is on record.`;
        issues.push({ column: cells.column("name"), level: "warning", message });
      }
      const claims = CODES.flatMap((code): Claim[] => {
        const value = input[code];
        return value ? [{ field: code, key: `${code} ${value}`, words: `has the ${CODE_WORDS[code]} ${value}` }] : [];
      });
      const refused = issues.some(({ level }) => level === "error");
      return { row, cells, issues, claims, value: refused ? null : input };
    });
    const taken = await takenCodes(understood.flatMap(({ value }) => value ?? []));
    for (const one of understood) {
      for (const { field, key } of one.claims) {
        const by = taken.get(key);
        if (by === undefined) continue;
        one.issues.push(
          errorAt(
            one.cells,
            field,
            `The actor ${by} has this ${CODE_WORDS[field as keyof typeof CODE_WORDS]} already.`,
          ),
        );
        one.value = null;
      }
    }
    return understood;
  };

  const take: KindOfImport<ActorInput>["take"] = async (caller, values) => {
    const rows = values.map((input) => ({ ...input, id: uuid7() }));
    await tx.$executeRaw`
      INSERT INTO actor (id, kind, slug, iso2, iso3, m49, admitted_on, m49_region, m49_subregion, note, source)
      SELECT id, kind::"ActorKind", slug, iso2, iso3, m49, "admittedOn", "m49Region", "m49Subregion", note, source
      FROM jsonb_to_recordset(${JSON.stringify(rows.map(({ names: _, ...actor }) => actor))}::jsonb) AS stored (id uuid, kind text,
        slug text, iso2 text, iso3 text, m49 text, "admittedOn" date, "m49Region" text, "m49Subregion" text, note text, source text)`;
    const names = rows.flatMap(({ id, names }) =>
      names.map(({ name, kind, language, from, until, source }) => {
        return { id: uuid7(), actorId: id, name, folded: foldName(name), kind, language, from, until, source };
      }),
    );
    await tx.$executeRaw`
      INSERT INTO actor_name (id, actor_id, name, folded, kind, language, valid_from, valid_until, source)
      SELECT id, "actorId", name, folded, kind::"ActorNameKind", language, "from", until, source
      FROM jsonb_to_recordset(${JSON.stringify(names)}::jsonb) AS stored (id uuid, "actorId" uuid, name text, folded text, kind text,
        language text, "from" date, until date, source text)`;
    await recordAuditMany(
      tx,
      caller,
      rows.map(({ id, kind, slug, iso2, iso3, m49, names, admittedOn, m49Region, m49Subregion, note, source }) => ({
        type: "actor.recorded" as const,
        subjectId: id,
        version: 1,
        before: null,
        after: { kind, slug, iso2, iso3, m49, names, admittedOn, m49Region, m49Subregion, note, source },
      })),
    );
  };

  return { understand, take };
}
