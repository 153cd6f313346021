import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { holds, PERMISSIONS, ROLES, type Permission, ROLE_NAMES } from "@/lib/auth/permissions";

/** The policy itself: the very table that every page, action and route is checked against. */
export function PermissionTable() {
  const permissions = Object.keys(PERMISSIONS) as Permission[];
  return (
    <Table label="Permissions">
      <thead>
        <tr>
          <HeaderCell>Permission</HeaderCell>
          {ROLES.map((role) => (
            <HeaderCell key={role}>{ROLE_NAMES[role]}</HeaderCell>
          ))}
        </tr>
      </thead>
      <tbody>
        {permissions.map((permission) => (
          <tr key={permission}>
            <RowHeader>{PERMISSIONS[permission].allows}</RowHeader>
            {ROLES.map((role) => (
              <Cell key={role} muted={!holds(role, permission)}>
                {holds(role, permission) ? "yes" : "no"}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
