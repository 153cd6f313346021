import { CountLink } from "@/components/ui/count-link";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import type { StepDto, StepEffect } from "@/features/codebook/queries/versions";
import type { CrosswalkKind } from "@/features/codebook/schema";
import { address } from "@/lib/address";
import { plural } from "@/lib/format";

const WORDS: Record<CrosswalkKind, string> = {
  renamed: "Renamed",
  redefined: "Redefined",
  split: "Split",
  merged: "Merged",
  retired: "Retired",
  added: "Added",
};

/** What becomes of the codings of an issue. */
const EFFECTS: Record<CrosswalkKind, string> = {
  renamed: "stay with it under the new name",
  redefined: "stay with it, stamped with the version under which they were coded",
  split: "wait to be coded again",
  merged: "stay under the original and are read under the new issue",
  retired: "stay on record under the versions that have it",
  added: "",
};

type CrosswalkProps = {
  label: string;
  steps: readonly (StepDto | StepEffect)[];
  /** Number of the version that the steps lead to. */
  number: number;
};

function Issue({ step, of, number }: { step: StepDto; of: "from" | "to"; number: number }) {
  const issue = step[of];
  if (!issue) return <span className="text-ink-3">–</span>;
  return (
    <>
      <TextLink href={address(`/codebook/${issue.code}`, { codebook: of === "from" ? number - 1 : number })}>
        {issue.title}
      </TextLink>{" "}
      <code className="text-sm text-ink-3">{issue.code}</code>
    </>
  );
}

/** What a version does to the issues of the one before it, row by row; of a draft also to their codings. */
export function Crosswalk({ label, steps, number }: CrosswalkProps) {
  const withEffects = steps.some((step) => "codings" in step);
  return (
    <Table label={label} density="roomy">
      <thead>
        <tr>
          <HeaderCell>Change</HeaderCell>
          <HeaderCell>Version {number - 1}</HeaderCell>
          <HeaderCell>Version {number}</HeaderCell>
          {withEffects && <HeaderCell>Codings</HeaderCell>}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={`${step.kind} ${step.from?.id ?? ""} ${step.to?.id ?? ""}`}>
            <RowHeader>
              <Tag tone={step.kind === "retired" || step.kind === "split" ? "warn" : "outline"}>{WORDS[step.kind]}</Tag>
            </RowHeader>
            <Cell>
              <Issue step={step} of="from" number={number} />
            </Cell>
            <Cell>
              <Issue step={step} of="to" number={number} />
            </Cell>
            {withEffects && <Cell>{"codings" in step && <Effect step={step} number={number} />}</Cell>}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Effect({ step, number }: { step: StepEffect; number: number }) {
  const { from, kind, codings } = step;
  if (!from || kind === "added") return <span className="text-ink-3">none yet</span>;
  if (codings === 0) return <span className="text-ink-3">none is concerned</span>;
  return (
    <>
      <CountLink href={`${address(`/codebook/${from.code}`, { codebook: number - 1 })}#codings`} count={codings}>
        {plural(codings, "coding", "codings")}
      </CountLink>{" "}
      {EFFECTS[kind]}
    </>
  );
}
