import { headers } from "next/headers";
import { WatchForm } from "@/features/audit/components/watch-form";
import type { WatchKind } from "@/features/audit/schema";

type WatchButtonProps = { watched: boolean; kind: WatchKind; subject: string; name: string; path: string };

/** Watches what a page is about, or stops, and comes back to the page as it is. */
export async function WatchButton({ watched, kind, subject, name, path }: WatchButtonProps) {
  const here = (await headers()).get("x-rostrum-path") ?? path;
  const back = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1998}$/.test(here) ? here : path;
  return <WatchForm key={String(watched)} {...{ kind, subject, name, watched, back }} />;
}
