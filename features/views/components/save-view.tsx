import { headers } from "next/headers";
import { Menu } from "@/components/ui/menu";
import { SaveViewForm } from "@/features/views/components/save-view-form";
import { canonicalAddress } from "@/features/views/schema";

/**
 * Keeps the page as it is, with everything that its address says, as a view under a name. For pages whose rows depend on their
 * address; elsewhere it shows nothing. `name` is what the view is called unless its reader knows better.
 */
export async function SaveView({ name }: { name: string }) {
  const address = canonicalAddress((await headers()).get("x-rostrum-path") ?? "");
  if (address === null) return null;
  return (
    <Menu label="Save this view" align="end">
      <SaveViewForm key={address} address={address} name={name.slice(0, 120)} />
    </Menu>
  );
}
