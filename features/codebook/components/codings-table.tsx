import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { actorPath } from "@/features/actors/schema";
import { codingInWords } from "@/features/codebook/formats";
import type { CodingDto, RecodeDto } from "@/features/codebook/queries/codings";
import { OCCASION_NAMES } from "@/features/positions/schema";
import { address } from "@/lib/address";

type OfPage = {
  /** The version in the address of the page, which its links keep. */
  version: number | undefined;
};

function Where({ coding: { dialogue, statementId, occasion }, version }: OfPage & { coding: CodingDto }) {
  if (!dialogue) return <>{OCCASION_NAMES[occasion]}</>;
  const path = `/dialogues/${dialogue.slug}`;
  const page = statementId ? address(`${path}/statements/${statementId}`, { codebook: version }) : path;
  return <TextLink href={page}>{dialogue.title}</TextLink>;
}

type CodingsTableProps = OfPage & { label: string; codings: readonly (CodingDto | RecodeDto)[] };

/** Codings of an issue; of the queue also what its issue was split into. */
export function CodingsTable({ label, codings, version }: CodingsTableProps) {
  const queue = codings.some((coding) => "to" in coding);
  return (
    <Table label={label}>
      <thead>
        <tr>
          <HeaderCell numeric>Year</HeaderCell>
          <HeaderCell>Actor</HeaderCell>
          <HeaderCell>Coded as</HeaderCell>
          {queue && <HeaderCell>Code again under</HeaderCell>}
          <HeaderCell>Where</HeaderCell>
          <HeaderCell>Note</HeaderCell>
          <HeaderCell numeric>Version</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {codings.map((coding) => (
          <tr key={coding.id} id={`coding-${coding.id}`}>
            <Cell numeric>{coding.year}</Cell>
            <RowHeader>
              <TextLink plain href={address(actorPath(coding.actor), { codebook: version })}>
                {coding.actor.name}
              </TextLink>
            </RowHeader>
            <Cell className="whitespace-nowrap">{codingInWords(coding)}</Cell>
            {queue && <Cell>{"to" in coding && <Targets coding={coding} />}</Cell>}
            <Cell className="min-w-52">
              <Where coding={coding} version={version} />
            </Cell>
            <Cell className="min-w-52">{coding.note ?? <span className="text-ink-3">–</span>}</Cell>
            <Cell numeric>
              <TextLink href={address("/codebook", { codebook: coding.codedUnder })}>{coding.codedUnder}</TextLink>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Targets({ coding: { from, to, splitIn } }: { coding: RecodeDto }) {
  return (
    <>
      {to.map(({ id, code, title }, index) => (
        <span key={id}>
          {index > 0 && " or "}
          <TextLink href={address(`/codebook/${code}`, { codebook: splitIn })}>{title}</TextLink>
        </span>
      ))}
      <span className="block text-sm text-ink-3">was {from.title}</span>
    </>
  );
}
