export const ROLES = ["viewer", "analyst", "reviewer", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** The roles as they are printed. */
export const ROLE_NAMES: Record<Role, string> = {
  viewer: "Viewer",
  analyst: "Analyst",
  reviewer: "Reviewer",
  admin: "Administrator",
};

/** The whole policy: what each permission allows, and the least role that holds it. Each role includes the ones before it. */
export const PERMISSIONS = {
  "record:read": { allows: "Read the record, its figures and its exports", from: "viewer" },
  "session:own": { allows: "See and end one's own sessions, change one's own password", from: "viewer" },
  "token:own": { allows: "Make and end one's own API tokens", from: "viewer" },
  "view:own": { allows: "Save views of the record, share and delete one's own", from: "viewer" },
  "watch:own": { allows: "Watch actors, issues and dialogues, and read one's own inbox", from: "viewer" },
  "statement:record": { allows: "Record, revise, reorder, withdraw and restore statements", from: "analyst" },
  "dialogue:edit": { allows: "Record and revise dialogues, meetings and reports", from: "analyst" },
  "actor:edit": { allows: "Record actors, their names and their memberships", from: "analyst" },
  "draft:own": { allows: "Keep one's own unfinished forms on the server", from: "analyst" },
  "import:run": { allows: "Import files into the record and undo what one imported", from: "analyst" },
  "text:edit": { allows: "Store texts of statements and quote from them", from: "analyst" },
  "position:code": { allows: "Code the positions of statements", from: "analyst" },
  "codebook:edit": { allows: "Draft and publish versions of the codebook", from: "reviewer" },
  "shift:decide": { allows: "Confirm or dismiss proposed shifts of positions", from: "reviewer" },
  "vote:edit": { allows: "Record roll-call votes", from: "analyst" },
  "figure:edit": { allows: "Record published figures", from: "analyst" },
  "audit:read": { allows: "Read every change to the record", from: "reviewer" },
  "people:manage": { allows: "Invite people, change roles, disable accounts", from: "admin" },
} as const satisfies Record<string, { allows: string; from: Role }>;

export type Permission = keyof typeof PERMISSIONS;

/** Permissions that change something: a read-only API token never holds them. */
const READING: ReadonlySet<Permission> = new Set<Permission>(["record:read", "audit:read"]);

/** Whether a role holds a permission; `readOnly` is true for a caller with a read token. */
export function holds(role: Role, permission: Permission, readOnly = false): boolean {
  if (readOnly && !READING.has(permission)) return false;
  return ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[permission].from);
}
