import { Chip } from "@/components/ui/chip";
import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";
import { TextLink } from "@/components/ui/text-link";
import type { MeetingDto } from "@/features/dialogues/queries";
import { withArticle, type Figures } from "@/features/figures/rules";
import type { ClaimChip } from "@/features/figures/queries/claims";
import { RULE_NAMES, RULES, type CountingQuery } from "@/features/figures/schema";
import { address } from "@/lib/address";
import { formatDay, plural } from "@/lib/format";

type RuleSwitchProps = {
  /** The page that is counted again under another rule. */
  path: string;
  how: CountingQuery;
  meetings: MeetingDto[];
  /** Other parameters of the page that stay. */
  keep?: Record<string, string | undefined>;
};

/** Chooses the counting rule, whether aligned states count, and the meeting. Links: the choice lives in the address. */
export function RuleSwitch({ path, how, meetings, keep = {} }: RuleSwitchProps) {
  const { rule, aligned, meeting } = how;
  const to = (change: Partial<Record<keyof CountingQuery, string | number | undefined>>): string =>
    address(path, { ...keep, rule, aligned, meeting, ...change });
  const chosen = meetings.find(({ number }) => number === meeting);
  return (
    <>
      <Menu variant="pill" label={`Rule: ${RULE_NAMES[rule].name}`}>
        {RULES.map((one) => (
          <MenuLink key={one} href={to({ rule: one })} current={one === rule}>
            <span className="block font-medium">{RULE_NAMES[one].name}</span>
            <span className="block text-sm text-ink-2">{RULE_NAMES[one].counts}</span>
          </MenuLink>
        ))}
      </Menu>
      <Menu variant="pill" label={aligned === "include" ? "Aligned states count" : "Aligned states do not count"}>
        <MenuLink href={to({ aligned: "exclude" })} current={aligned === "exclude"}>
          Aligned states do not count
        </MenuLink>
        <MenuLink href={to({ aligned: "include" })} current={aligned === "include"}>
          Aligned states count
        </MenuLink>
      </Menu>
      {meetings.length > 1 && (
        <Menu variant="pill" label={chosen ? `Meeting: ${formatDay(chosen.date)}` : "All meetings"}>
          <MenuLink href={to({ meeting: undefined })} current={!chosen}>
            All meetings
          </MenuLink>
          {meetings.map(({ number, date, label }) => (
            <MenuLink key={number} href={to({ meeting: number })} current={number === meeting}>
              {formatDay(date)} · {label}
            </MenuLink>
          ))}
        </Menu>
      )}
    </>
  );
}

type OnlyThroughProps = {
  slug: string;
  how: CountingQuery;
  onlyThrough: Figures["onlyThrough"];
  overlap: Figures["overlap"];
  /** How many states are counted by nothing but memberships that no source shows by then. */
  unknown: number;
  nameOf: (key: string) => string;
};

/** Whom the number owes to one group alone, how many states are counted by several routes, and how many are not certain. */
export function OnlyThrough({ slug, how, onlyThrough, overlap, unknown, nameOf }: OnlyThroughProps) {
  const path = `/dialogues/${slug}/represented`;
  const links = Object.entries(onlyThrough).slice(0, 3);
  if (links.length === 0 && overlap.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {links.map(([key, count]) => (
        <TextLink key={key} data-count={count} href={address(path, { ...how, kind: "member_state", only: key })}>
          {plural(count, "state is", "states are")} counted only through {withArticle(nameOf(key))}
        </TextLink>
      ))}
      {overlap.length > 0 && (
        <TextLink data-count={overlap.length} href={address(path, { ...how, kind: "member_state", overlap: "yes" })}>
          {plural(overlap.length, "state is", "states are")} counted by more than one route
        </TextLink>
      )}
      {unknown > 0 && (
        <TextLink data-count={unknown} href={address(path, { ...how, kind: "member_state", membership: "unknown" })}>
          For {plural(unknown, "state", "states")} no source shows that they had joined by that day
        </TextLink>
      )}
    </p>
  );
}

/** Published figures beside the computed ones, and how far the record is complete. */
export function Claims({ slug, claims }: { slug: string; claims: ClaimChip[] }) {
  return claims.map(({ label, published, computed, tone }) => (
    <Chip key={label} tone={tone} href={`/dialogues/${slug}/figures`}>
      {label === "Incomplete"
        ? `Incomplete: ${computed} of ${published} published speakers recorded`
        : `${label}: published ${published}, ${tone === "good" ? "matches" : `computed ${computed}`}`}
    </Chip>
  ));
}
