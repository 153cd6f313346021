const EARLIER = "00000000-0000-7000-8000-000000002003";
const LATER = "00000000-0000-7000-8000-000000002004";

/**
 * Puts two letters of Fiji on record that differ on the formal agenda, unless they are there, and gives the address of the shift
 * between them.
 */
export async function addShift(run: (sql: string) => Promise<string>): Promise<string> {
  const said = (id: string, year: number, value: string) =>
    run(
      `insert into position (id, occasion, actor_id, year, issue_id, version_id, value, no_quote_reason, coder_name)
       select '${id}', 'letter', a.id, ${year}, i.issue_id, i.version_id, '${value}', 'As the source has it.', 'Analyst One'
       from actor a, issue_definition i where a.iso3 = 'FJI' and i.code = 'formal_agenda' limit 1
       on conflict (id) do update set coder_name = excluded.coder_name returning id as value`,
    );
  return `/shifts/FJI/${await said(EARLIER, 2003, "support")}/${await said(LATER, 2004, "oppose")}`;
}
