import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { TextLink } from "@/components/ui/text-link";
import { UndoForm } from "@/features/batches/components/undo-form";
import { findBatch } from "@/features/batches/queries";
import { listDialogueChoices } from "@/features/dialogues/queries";
import { MappingForm } from "@/features/imports/components/mapping-form";
import { PreviewTable } from "@/features/imports/components/preview-table";
import { Progress } from "@/features/imports/components/progress";
import { TakeForm } from "@/features/imports/components/take-form";
import { getImport, listRows, type ImportDto } from "@/features/imports/queries/imports";
import { IMPORT_KIND_NAMES, previewQuery } from "@/features/imports/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { grant, type Caller } from "@/lib/auth/caller";
import { pageCaller } from "@/lib/auth/identity";
import { formatInstant, formatNumber, plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Import" };

const SIZE = 50;
const SAMPLES = 5;

type Importer = Caller<"import:run">;
type Shown = { caller: Importer; one: ImportDto };

export default async function OneImportPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const caller = await pageCaller("import:run");
  const one = await orNotFound(getImport(caller, (await params).id));
  const { name } = IMPORT_KIND_NAMES[one.kind];
  const rows = one.rowCount > 0 ? ` · ${plural(one.rowCount, "row", "rows")}` : "";
  return (
    <Page>
      <PageTitle
        crumbs={[{ label: "Import", href: "/import" }]}
        title={<span className="wrap-anywhere">{one.fileName}</span>}
        sub={`${name}${rows} · sent by ${one.by}, ${formatInstant(new Date(one.at))}`}
      />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-5">
        {one.problem !== null && (
          <Notice
            tone={one.status === "failed" ? "danger" : "warn"}
            title={one.status === "failed" ? "Nothing was imported." : undefined}
          >
            <p>{one.problem}</p>
          </Notice>
        )}
        <Stage caller={caller} one={one} query={lenient(previewQuery, single(await searchParams))} />
      </div>
    </Page>
  );
}

function Stage({ caller, one, query }: Shown & { query: { page: number; rows: "all" | "issues" } }) {
  if (one.status === "reading") return <Progress label="The file is being read" done={one.progress} total={null} />;
  if (one.status === "checking")
    return <Progress label="The rows are being checked" done={one.progress} total={one.rowCount} />;
  if (one.status === "running")
    return <Progress label="The rows are being imported" done={one.progress} total={one.rowCount} />;
  if (one.status === "done") return <Done caller={caller} one={one} />;
  if (one.status === "failed") {
    return (
      <div>
        <ButtonLink href="/import" variant="primary">
          Send another file
        </ButtonLink>
      </div>
    );
  }
  return <Ready caller={caller} one={one} query={query} />;
}

async function Done({ caller, one }: Shown) {
  const batch = one.batchId === null ? null : await findBatch(caller, one.batchId);
  const { one: single, many } = IMPORT_KIND_NAMES[one.kind];
  const slug = one.defaults["dialogue"];
  const where = {
    participants: `/dialogues/${slug}`,
    statements: "/dialogues",
    memberships: "/groups",
    actors: "/states",
    positions: "/positions",
  };
  if (batch?.undone) {
    return (
      <Notice title={`This import was undone by ${batch.undone.by}.`}>
        <p>
          {formatInstant(new Date(batch.undone.at))}. <TextLink href="/import">Send the file again</TextLink> to import
          it once more.
        </p>
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="ok" title={`${plural(one.progress, `${single} is`, `${many} are`)} on record.`}>
        <p>
          <TextLink href={where[one.kind]}>Look at what was imported</TextLink>
        </p>
      </Notice>
      {batch && <UndoForm batch={batch.id} title={batch.title} label="Undo this import" />}
    </>
  );
}

function Findings({ one }: Pick<Shown, "one">) {
  const { errors, warnings } = one;
  if (errors === null) return null;
  if (errors === 0 && warnings === 0) return <Notice tone="ok">Every row fits the record.</Notice>;
  const found = [
    ...(errors > 0 ? [plural(errors, "error", "errors")] : []),
    ...((warnings ?? 0) > 0 ? [plural(warnings ?? 0, "warning", "warnings")] : []),
  ].join(" and ");
  return (
    <Notice tone={errors > 0 ? "danger" : "warn"} title={`${found} in ${formatNumber(one.rowCount)} rows.`}>
      <p>
        {errors > 0
          ? "Correct the file and send it again: what you said about its columns is remembered. Nothing is imported until then."
          : "Warnings do not stand in the way. Read them before you go on."}
      </p>
    </Notice>
  );
}

async function Ready({ caller, one, query }: Shown & { query: { page: number; rows: "all" | "issues" } }) {
  const dialogues = await listDialogueChoices(grant(caller, "record:read"));
  const samples = await listRows(caller, one.id, { rows: "all", page: 1, size: SAMPLES });
  const form = <MappingForm of={one} samples={samples.rows.map(({ cells }) => cells)} dialogues={dialogues} />;
  const notes = one.notes.length > 0 && (
    <Notice tone="warn" title="About the file">
      <ul className="list-disc ps-5">
        {one.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Notice>
  );
  if (one.errors === null) {
    return (
      <>
        {notes}
        <section>
          <h2 className="mb-2">What are the columns?</h2>
          {form}
        </section>
      </>
    );
  }
  const found = one.errors + (one.warnings ?? 0);
  const rows = found > 0 ? query.rows : "all";
  const preview = await listRows(caller, one.id, { rows, page: query.page, size: SIZE });
  const path = `/import/${one.id}`;
  return (
    <>
      {notes}
      <section id="result" className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Findings one={one} />
        {one.errors === 0 ? (
          <TakeForm of={one} />
        ) : (
          <ButtonLink href={address("/import", { dialogue: one.defaults["dialogue"] })} className="justify-self-start">
            Send the corrected file
          </ButtonLink>
        )}
        <div>
          <div className="flex flex-wrap items-baseline gap-x-4">
            <h2>{rows === "issues" ? "Rows with messages" : "Rows"}</h2>
            {found > 0 && (
              <TextLink href={address(path, { rows: rows === "issues" ? undefined : "issues" })}>
                {rows === "issues" ? "Show all rows" : "Show only rows with messages"}
              </TextLink>
            )}
          </div>
          <div className="mt-2">
            <PreviewTable kind={one.kind} headers={one.headers} mapping={one.mapping ?? {}} rows={preview.rows} />
          </div>
          <NumberedPages
            label="Pages of rows"
            page={query.page}
            size={SIZE}
            total={preview.total}
            hrefFor={(page) => address(path, { rows: rows === "issues" ? "issues" : undefined, page })}
          />
        </div>
      </section>
      <Disclosure summary="Change what the columns are">{form}</Disclosure>
    </>
  );
}
