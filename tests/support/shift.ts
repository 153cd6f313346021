/** Puts two letters of Fiji on record that differ on the formal agenda, and gives the address of the shift between them. */
export async function addShift(run: (sql: string) => Promise<string>): Promise<string> {
  const said = (year: number, value: string) =>
    run(
      `insert into position (id, occasion, actor_id, year, issue_id, version_id, value, no_quote_reason, coder_name)
       select gen_random_uuid(), 'letter', a.id, ${year}, i.issue_id, i.version_id, '${value}', 'As the source has it.', 'Analyst One'
       from actor a, issue_definition i where a.iso3 = 'FJI' and i.code = 'formal_agenda' limit 1 returning id as value`,
    );
  return `/shifts/FJI/${await said(2003, "support")}/${await said(2004, "oppose")}`;
}
