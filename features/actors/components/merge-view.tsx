import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Notice } from "@/components/ui/notice";
import { SearchForm } from "@/components/ui/search-form";
import { TextLink } from "@/components/ui/text-link";
import { MergeForm } from "@/features/actors/components/merge-form";
import type { MergePreview } from "@/features/actors/queries/merge";
import { actorPath, KIND_NAMES, type ActorDto } from "@/features/actors/schema";
import { formatList, plural } from "@/lib/format";

type MergeViewProps = {
  actor: ActorDto;
  list: { label: string; href: string };
  /** What was typed as the other actor. */
  typed: string | undefined;
  /** Whom it may mean; one is shown in full as `preview`. */
  candidates: readonly ActorDto[];
  preview: MergePreview | null;
};

/** The page on which an actor that is there twice becomes one: the other is found, what would move is shown, then confirmed. */
export function MergeView({ actor, list, typed, candidates, preview }: MergeViewProps) {
  const path = `${actorPath(actor)}/merge`;
  return (
    <Page width="form">
      <PageTitle
        title={`Merge ${actor.name} into another`}
        crumbs={[list, { label: actor.name, href: actorPath(actor) }]}
        sub="For an actor that is on record twice. Everything that names it will name the other one; it can be undone."
      />
      <div className="mt-6">
        <SearchForm action={path} label="Name or code of the other actor" value={typed} />
      </div>
      {typed !== undefined && !preview && (
        <div className="mt-5">
          {candidates.length === 0 ? (
            <p>No actor is known as “{typed}”.</p>
          ) : (
            <>
              <p>“{typed}” may be one of these:</p>
              <ul className="mt-2 grid gap-1">
                {candidates.map((one) => (
                  <li key={one.id}>
                    <TextLink href={`${path}?q=${one.slug}`}>{one.name}</TextLink>{" "}
                    <span className="text-ink-2">{KIND_NAMES[one.kind].one}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
      {preview && <Preview preview={preview} />}
    </Page>
  );
}

function Preview({ preview }: { preview: MergePreview }) {
  const { from, into, statements, memberships, names, obstacles } = preview;
  if (obstacles.length > 0) {
    return (
      <div className="mt-5">
        <Notice tone="warn">
          <p>This merge is not possible as it stands:</p>
          <ul className="mt-1 list-disc ps-5">
            {obstacles.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      </div>
    );
  }
  return (
    <section className="mt-6" aria-labelledby="what-moves">
      <h2 id="what-moves">
        What becomes <TextLink href={actorPath(into)}>{into.name}</TextLink>
      </h2>
      <ul className="mt-2 list-disc ps-5">
        <li>
          {plural(
            statements,
            "statement that it delivered or that names it",
            "statements that it delivered or that name it",
          )}
        </li>
        <li>{plural(memberships, "membership", "memberships")}</li>
        <li>{names.length === 0 ? "no new name" : `as other names: ${formatList(names)}`}</li>
      </ul>
      <p className="mt-3 text-ink-2">
        The address /{actorPath(from).slice(1)} will lead to {into.name}.
      </p>
      <div className="mt-5">
        <MergeForm actor={from.slug} version={from.version} into={into.slug} name={into.name} />
      </div>
    </section>
  );
}
