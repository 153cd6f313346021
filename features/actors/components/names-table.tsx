import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { SourceList, SourceMark } from "@/features/actors/components/sources";
import { numberSources } from "@/features/actors/formats";
import { NAME_KIND_NAMES, NAME_KINDS, type ActorDto } from "@/features/actors/schema";
import { formatPeriod, languageInWords } from "@/lib/format";

const LIST = "names";

type Name = ActorDto["names"][number];

/** English first, then by language; within a language official names first. */
function byLanguageAndKind(a: Name, b: Name): number {
  const place = ({ language, kind }: Name) => `${language === "en" ? "" : language} ${NAME_KINDS.indexOf(kind)}`;
  return place(a).localeCompare(place(b), "en");
}

/** Every name of an actor: what kind it is, in which language, and when it was in use. */
export function NamesTable({ names }: Pick<ActorDto, "names">) {
  const numbers = numberSources(names.map(({ source }) => source));
  return (
    <>
      <Table label="Names">
        <thead>
          <tr>
            <HeaderCell>Name</HeaderCell>
            <HeaderCell>Kind</HeaderCell>
            <HeaderCell>Language</HeaderCell>
            <HeaderCell>In use</HeaderCell>
            <HeaderCell>Source</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {names.toSorted(byLanguageAndKind).map(({ name, kind, language, from, until, source }) => (
            <tr key={`${kind} ${language} ${name}`}>
              <RowHeader>
                <bdi lang={language === "und" ? undefined : language}>{name}</bdi>
              </RowHeader>
              <Cell>{NAME_KIND_NAMES[kind]}</Cell>
              <Cell>{languageInWords(language)}</Cell>
              <Cell className="whitespace-nowrap">
                {formatPeriod(from, until) || <span className="text-ink-3">days not recorded</span>}
              </Cell>
              <Cell>
                <SourceMark list={LIST} numbers={numbers} source={source} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      <SourceList list={LIST} numbers={numbers} />
    </>
  );
}
