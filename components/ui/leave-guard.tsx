"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";

/** What is at stake when a page is left now. */
type Stake = {
  /** Whether it is on the server, so that a window may close without asking. */
  kept: boolean;
  /** Lets it wait on the server; absent where it cannot. */
  keep?: () => Promise<void>;
  discard: () => Promise<void> | void;
};

/** Asks before a link leads away from a form with something typed, and before the window closes on what is not kept yet. */
export function LeaveGuard({ stake, drafts = false }: { stake: () => Stake | null; drafts?: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [to, setTo] = useState("");
  const router = useRouter();

  useEffect(() => {
    const press = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || !leadsAway(event, link) || stake() === null) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(`${link.pathname}${link.search}${link.hash}`);
      dialog.current?.showModal();
    };
    const unload = (event: BeforeUnloadEvent) => {
      if (stake()?.kept === false) event.preventDefault();
    };
    document.addEventListener("click", press, { capture: true });
    window.addEventListener("beforeunload", unload);
    return () => {
      document.removeEventListener("click", press, { capture: true });
      window.removeEventListener("beforeunload", unload);
    };
  }, [stake]);

  const go = async (how: "keep" | "discard") => {
    await stake()?.[how]?.();
    dialog.current?.close();
    router.push(to);
  };

  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="leave-title">
      <header>
        <h2 id="leave-title">Leave without saving?</h2>
      </header>
      <div className="dialog-body grid gap-4">
        <p>What you typed is not on record yet.{drafts && " It can wait as a draft, or be thrown away."}</p>
        <div className="flex flex-wrap gap-3">
          <Button variant="primary" onClick={() => dialog.current?.close()}>
            Stay here
          </Button>
          {drafts && <Button onClick={() => void go("keep")}>Leave, keep the draft</Button>}
          <Button variant="danger" onClick={() => void go("discard")}>
            {drafts ? "Leave, discard it" : "Leave without it"}
          </Button>
        </div>
      </div>
    </dialog>
  );
}

/** Whether a press takes this window to another page of ours; other sites and new windows are the browser's. */
function leadsAway(event: MouseEvent, link: HTMLAnchorElement): boolean {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (link.target !== "" && link.target !== "_self") return false;
  if (link.hasAttribute("download") || link.origin !== window.location.origin) return false;
  return link.pathname !== window.location.pathname || link.search !== window.location.search;
}
