import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchForm } from "@/components/ui/search-form";
import { Toolbar } from "@/components/ui/toolbar";
import { OthersTable } from "@/features/actors/components/states-table";
import { KIND_NAMES, type ActorDto, type OtherKind } from "@/features/actors/schema";
import { address } from "@/lib/address";
import { plural } from "@/lib/format";

const PATH = "/states";

type OthersViewProps = {
  kind: OtherKind;
  q: string | undefined;
  actors: readonly ActorDto[];
  /** Whether to offer the form of a new one. */
  mayEdit: boolean;
};

/** The actors of one kind that are no states: organizations, UN offices, civil society. */
export function OthersView({ kind, q, actors, mayEdit }: OthersViewProps) {
  const addHref = kind === "regional_organization" ? "/groups/new" : address(`${PATH}/new`, { kind });
  return (
    <>
      <Toolbar
        end={
          mayEdit && (
            <ButtonLink variant="primary" href={addHref}>
              Add an actor
            </ButtonLink>
          )
        }
      >
        <SearchForm action={PATH} label="Any name" value={q} keep={{ kind }} />
        <span className="text-ink-3">{plural(actors.length, "row", "rows")}</span>
      </Toolbar>
      {actors.length > 0 ? (
        <OthersTable label={KIND_NAMES[kind].many} rows={actors} />
      ) : (
        <EmptyState
          title={q ? `Nobody of this kind is called “${q}”.` : "Nobody of this kind is on record yet."}
          action={q && <ButtonLink href={address(PATH, { kind })}>Show all</ButtonLink>}
        />
      )}
    </>
  );
}
