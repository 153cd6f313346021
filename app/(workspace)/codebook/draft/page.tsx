import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Tag } from "@/components/ui/tag";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { History } from "@/features/audit/components/history";
import { listHistory } from "@/features/audit/queries";
import { Crosswalk } from "@/features/codebook/components/crosswalk";
import { MoveForm, OpenDraftForm, RestoreForm } from "@/features/codebook/components/draft-buttons";
import { DiscardForm, PublishForm } from "@/features/codebook/components/publish-forms";
import { previewDraft } from "@/features/codebook/queries/versions";
import { address } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { plural } from "@/lib/format";

export const metadata = { title: "Draft of the codebook" };

export default async function DraftPage() {
  await pageCaller("codebook:edit");
  const caller = await pageCaller("record:read");
  const preview = await previewDraft(caller);
  const crumbs = [{ label: "Codebook", href: "/codebook" }];
  if (!preview) {
    return (
      <Page>
        <PageTitle title="Draft of the codebook" crumbs={crumbs} />
        <div className="mt-6">
          <EmptyState title="No draft is open." action={<OpenDraftForm />}>
            A draft starts as a copy of the newest version. Nothing changes for coders until it is published.
          </EmptyState>
        </div>
      </Page>
    );
  }
  const { draft, base, steps, reordered } = preview;
  const changed = new Set(steps.map(({ to }) => to?.id));
  const gone = [
    ...new Map(steps.flatMap(({ kind, from }) => (from && LEAVES.has(kind) ? [[from.id, from]] : []))).values(),
  ];
  const known = new Set(base?.issues.map(({ id }) => id));
  const history = await listHistory(caller, { subjectId: draft.id }, { limit: 20 });
  const last = draft.issues.length - 1;

  return (
    <Page>
      <PageTitle
        title={`Draft of version ${draft.number}`}
        crumbs={crumbs}
        sub={
          base
            ? `From version ${base.number}. Coders go on with that one until this is published.`
            : "The first version."
        }
      />
      <h2 className="mt-7 mb-3">What it changes</h2>
      {steps.length > 0 ? (
        <Crosswalk label="What the draft changes" steps={steps} number={draft.number} />
      ) : (
        <p className="text-ink-2">{reordered ? "The order of the issues only." : "Nothing yet."}</p>
      )}
      {gone.length > 0 && (
        <ul className="mt-3 grid gap-1">
          {gone.map(({ id, title }) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <span>{title} is no longer in the draft.</span>
              <RestoreForm issue={id} title={title} version={draft.version} />
            </li>
          ))}
        </ul>
      )}

      <h2 className="mt-9">{plural(draft.issues.length, "issue", "issues")}</h2>
      <Toolbar
        end={
          <>
            <ButtonLink href="/codebook/draft/merge">Merge issues</ButtonLink>
            <ButtonLink variant="primary" href="/codebook/draft/issue">
              Add an issue
            </ButtonLink>
          </>
        }
      >
        <span className="text-ink-2">Open an issue to word it anew, split it or leave it out.</span>
      </Toolbar>
      <Table label="Issues of the draft">
        <thead>
          <tr>
            <HeaderCell numeric>Place</HeaderCell>
            <HeaderCell>Issue</HeaderCell>
            <HeaderCell>Code</HeaderCell>
            <HeaderCell>In this draft</HeaderCell>
            <HeaderCell>Order</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {draft.issues.map(({ id, title, code, place }, index) => (
            <tr key={id} id={`issue-${id}`}>
              <Cell numeric>{place}</Cell>
              <RowHeader className="min-w-52">
                <TextLink plain href={address("/codebook/draft/issue", { id })}>
                  {title}
                </TextLink>
              </RowHeader>
              <Cell>
                <code className="text-sm">{code}</code>
              </Cell>
              <Cell>
                {changed.has(id) && (
                  <span className="flex items-center gap-2">
                    <Tag tone="accent">{known.has(id) ? "changed" : "new"}</Tag>
                    {known.has(id) && <RestoreForm issue={id} title={title} version={draft.version} />}
                  </span>
                )}
              </Cell>
              <Cell>
                <MoveForm issue={id} title={title} version={draft.version} first={index === 0} last={index === last} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>

      <h2 className="mt-9 mb-3">Publish</h2>
      <PublishForm number={draft.number} version={draft.version} />
      <DiscardForm number={draft.number} version={draft.version} />

      <h2 id="history" className="mt-9 mb-3">
        History
      </h2>
      <div className="max-w-read">
        <History entries={history} />
      </div>
    </Page>
  );
}

const LEAVES: ReadonlySet<string> = new Set(["split", "merged", "retired"]);
