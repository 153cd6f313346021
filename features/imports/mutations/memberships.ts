import "server-only";
import { KINDS_WITH_MEMBERS, membershipInput, type MembershipInput } from "@/features/actors/schema";
import { recordAuditMany } from "@/features/audit/mutations";
import { errorAt, type KindOfImport, type Making, type Understood } from "@/features/imports/mutations/kind";
import { textsOf } from "@/features/imports/queries/people";
import { issuesOf } from "@/features/imports/rules/rows";
import type { RowIssue } from "@/features/imports/schema";
import { formatPeriod } from "@/lib/format";
import { uuid7 } from "@/lib/uuid7";

type Taken = { groupId: string; group: string; memberId: string; member: string; input: MembershipInput };
type Overlap = { row: number; from: string | null; until: string | null };

/** Memberships, by the rules by which they are recorded one by one. */
export function memberships({ tx }: Making): KindOfImport<Taken> {
  const texts = textsOf(tx);

  /** The rows whose period shares a day with one on record. */
  async function overlapsOf(understood: Understood<Taken>[]): Promise<Map<number, Overlap>> {
    const periods = understood.flatMap(({ row, value }) => {
      if (!value) return [];
      const { groupId, memberId, input } = value;
      return [{ row, groupId, memberId, from: input.from, until: input.until }];
    });
    const found = await tx.$queryRaw<Overlap[]>`
      SELECT DISTINCT ON (period.row) period.row, membership.valid_from::text AS from, membership.valid_until::text AS until
      FROM jsonb_to_recordset(${JSON.stringify(periods)}::jsonb)
          AS period (row int, "groupId" uuid, "memberId" uuid, "from" date, until date)
        JOIN membership ON membership.group_id = period."groupId" AND membership.member_id = period."memberId"
          AND daterange(membership.valid_from, membership.valid_until, '[]') && daterange(period."from", period.until, '[]')
      ORDER BY period.row, membership.valid_from`;
    return new Map(found.map((overlap) => [overlap.row, overlap]));
  }

  const understand: KindOfImport<Taken>["understand"] = async (rows) => {
    await texts.learn(rows.flatMap(({ cells }) => [cells.text("group") ?? "", cells.text("member") ?? ""]));
    const understood = rows.map(({ row, cells }): Understood<Taken> => {
      const issues: RowIssue[] = [];
      const actor = (field: "group" | "member") => {
        const text = cells.text(field);
        const found = text === undefined ? "This is needed." : texts.one(text);
        if (typeof found !== "string") return found;
        issues.push(errorAt(cells, field, found));
        return null;
      };
      const [group, member] = [actor("group"), actor("member")];
      if (group && !KINDS_WITH_MEMBERS.has(group.kind)) {
        issues.push(errorAt(cells, "group", `${group.name} is no group, so it has no members.`));
      }
      if (group && group.id === member?.id)
        issues.push(errorAt(cells, "member", "A group cannot be a member of itself."));
      const parsed = membershipInput.safeParse({
        member: member?.ref ?? "unknown",
        from: cells.text("from"),
        until: cells.text("until"),
        knownOn: cells.text("knownOn"),
        source: cells.text("source"),
        note: cells.prose("note"),
      });
      if (!parsed.success) issues.push(...issuesOf(parsed.error, cells, (path) => path));
      if (!group || !member || !parsed.success || issues.length > 0)
        return { row, cells, issues, claims: [], value: null };
      const input = parsed.data;
      const words = `has ${member.name} in ${group.name} on some of these days`;
      const { from = null, until = null } = input;
      const claims = [{ field: "from", key: `${group.id} ${member.id}`, words, from, until, dated: true }];
      const value = { groupId: group.id, group: group.ref, memberId: member.id, member: member.ref, input };
      return { row, cells, issues, claims, value };
    });
    const overlaps = await overlapsOf(understood);
    for (const one of understood) {
      const overlap = overlaps.get(one.row);
      if (!overlap) continue;
      const period = formatPeriod(overlap.from, overlap.until) || "without known days";
      one.issues.push(
        errorAt(one.cells, "from", `This member is already in the group on some of these days: ${period}.`),
      );
      one.value = null;
    }
    return understood;
  };

  const take: KindOfImport<Taken>["take"] = async (caller, values) => {
    const rows = values.map(({ input, ...ids }) => {
      const { from = null, until = null, knownOn = null, source, note = null } = input;
      return { ...ids, id: uuid7(), from, until, knownOn, source, note };
    });
    await tx.$executeRaw`
      INSERT INTO membership (id, group_id, member_id, valid_from, valid_until, known_on, source, note)
      SELECT id, "groupId", "memberId", "from", until, "knownOn", source, note
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS stored (id uuid, "groupId" uuid, "memberId" uuid, "from" date,
        until date, "knownOn" date, source text, note text)`;
    await recordAuditMany(
      tx,
      caller,
      rows.map(({ id, groupId: _, memberId: __, ...after }) => ({
        type: "membership.recorded" as const,
        subjectId: id,
        version: 1,
        before: null,
        after,
      })),
    );
  };

  return { understand, take };
}
