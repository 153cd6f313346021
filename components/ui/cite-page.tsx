import { CopyAs } from "@/components/ui/copy-as";
import { PrintNote } from "@/components/ui/print-note";
import { citationOf } from "@/lib/citation";
import { formatDay, type Day } from "@/lib/format";

type CitePageProps = {
  /** What is copied, for screen readers: "the states represented". */
  name: string;
  /** What is cited: "States represented, Ninth dialogue, 6 Sep 2017". */
  title: string;
  /** The number with its sentence. */
  sentence: string;
  /** Rule, filters, day, version of the codebook: one phrase each. Those that do not hold are left out. */
  conditions: readonly (string | false | null | undefined)[];
  /** Today. */
  read: Day;
  /** The id of the table, or of what holds it. */
  table?: string | undefined;
};

/** Copies a page as words, citation, link and table; printed, its conditions and the day stand at the foot of each sheet. */
export function CitePage({ name, title, sentence, conditions, read, table }: CitePageProps) {
  const under = conditions.filter((one): one is string => typeof one === "string" && one !== "");
  return (
    <>
      <CopyAs name={name} sentence={sentence} citation={citationOf({ title, conditions: under, read })} table={table} />
      <PrintNote note={[...under, `Read on ${formatDay(read)}`].join(" · ")} />
    </>
  );
}
