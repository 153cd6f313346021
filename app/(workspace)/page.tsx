import { redirect } from "next/navigation";
import { pageCaller } from "@/lib/auth/identity";

/** Where a reader starts: the dialogues. */
export default async function StartPage() {
  await pageCaller("record:read");
  redirect("/dialogues");
}
