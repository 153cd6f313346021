import { z } from "zod";
import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { KeyHints } from "@/components/ui/key-hints";
import { Toolbar } from "@/components/ui/toolbar";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { DialogueHeader, DialogueTabs } from "@/features/dialogues/components/dialogue-header";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { CodedNotice } from "@/features/positions/components/coded-notice";
import { CodingTable } from "@/features/positions/components/coding-table";
import { codingStates, findCoded } from "@/features/positions/queries/codings";
import { CODING_STATUS_NAMES, CODING_STATUSES } from "@/features/positions/schema";
import { participant } from "@/features/statements/queries/participants";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Coding" };

const query = z.object({
  status: z.enum(CODING_STATUSES).optional(),
  text: z.enum(["stored", "none"]).optional(),
  codebook: codebookParam,
});

const STATUSES = CODING_STATUSES.map((value) => ({ value, label: CODING_STATUS_NAMES[value] }));
const TEXTS = [
  { value: "stored", label: "Stored" },
  { value: "none", label: "None yet" },
] as const;
const KEYS = [{ keys: "n", does: "Code the next statement", target: "#next-uncoded" }];

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function DialogueCodingPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const given = single(await searchParams);
  const { status, text, codebook: asked } = lenient(query, given);
  const codebook = await askedVersion(caller, asked);
  const { record, states, submitted } = await orNotFound(
    snapshot(caller, async (tx) => {
      const of = await loadDialogueRecord(tx, slug);
      const submittedOne = await findCoded(tx, given["coded"]);
      return { record: of, states: await codingStates(tx, of.dialogue.id, codebook), submitted: submittedOne };
    }),
  );
  const { dialogue } = record;
  const mayCode = holds(caller.role, "position:code");
  const path = `/dialogues/${dialogue.slug}/coding`;
  const all = record.rows
    .map((row) => participant(row, record))
    .flatMap(({ id, order, name, onBehalfOf, counted }) => {
      const coding = states.get(id);
      return coding && counted ? [{ id, order, name, onBehalfOf, coding }] : [];
    });
  const rows = all
    .filter(({ coding }) => !status || coding.status === status)
    .filter(({ coding }) => !text || coding.texts > 0 === (text === "stored"));
  const open = all.filter(({ coding }) => coding.status === "not_coded");
  const next = open.find(({ coding }) => coding.texts > 0) ?? open[0];
  return (
    <Page>
      <DialogueHeader dialogue={dialogue} mayEdit={holds(caller.role, "dialogue:edit")} />
      {submitted && <CodedNotice coded={submitted} />}
      <DialogueTabs slug={dialogue.slug} current="coding" query={address("", { codebook })} codebook={codebook} />
      <UnderVersion version={codebook} href={address(path, { status, text })} />
      <Toolbar>
        <FilterMenu
          label="Coding"
          chosen={status}
          options={STATUSES}
          hrefFor={(value) => address(path, { status: value, text, codebook })}
        />
        <FilterMenu
          label="Text"
          chosen={text}
          options={TEXTS}
          hrefFor={(value) => address(path, { status, text: value, codebook })}
        />
        <span className="text-ink-3">{plural(rows.length, "row", "rows")}</span>
        {mayCode && next && (
          <span className="ms-auto">
            <ButtonLink
              id="next-uncoded"
              variant="primary"
              href={`/dialogues/${dialogue.slug}/statements/${next.id}/coding`}
            >
              Code {next.name}
            </ButtonLink>
          </span>
        )}
      </Toolbar>
      <p className="pb-3 text-sm text-ink-2">
        {all.length - open.length} of {plural(all.length, "statement", "statements")} coded. Opening remarks,
        panellists, moderators and presiding officers are not asked for.
      </p>
      {rows.length > 0 ? (
        <CodingTable slug={dialogue.slug} rows={rows} mayCode={mayCode} version={codebook} />
      ) : (
        <EmptyState
          title={all.length === 0 ? "No statement is recorded yet." : "No statement fits these filters."}
          action={all.length > 0 && <ButtonLink href={address(path, { codebook })}>Show all {all.length}</ButtonLink>}
        />
      )}
      {mayCode && next && (
        <div className="pt-3">
          <KeyHints hints={KEYS} />
        </div>
      )}
    </Page>
  );
}
