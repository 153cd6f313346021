// Single keys as commands of a page: when they are meant, and whether the reader wants them.

const STORAGE_KEY = "rostrum.single-keys";

/**
 * Whether a single key is meant for the page: not for a field, the browser, an input method or an open dialog, and not where the
 * reader has switched single keys off (WCAG 2.1.4).
 */
export function isForPage(event: KeyboardEvent): boolean {
  if (!readEnabled() || event.defaultPrevented || event.isComposing || event.repeat) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (document.querySelector("dialog[open]")) return false;
  return !isTyping(event.target);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])");
}

/** Other tabs tell by a storage event; this one sends itself the same. */
export function onStorage(changed: () => void): () => void {
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}

/** Storage can be closed to pages (private windows, policies): the keys then simply work. */
export function readEnabled(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    return true;
  }
}

/** Remembers the choice in this browser and tells the page. */
export function writeEnabled(value: boolean): void {
  try {
    localStorage.setItem(STORAGE_KEY, value ? "on" : "off");
  } catch {
    // Nothing can be remembered, so the keys stay on.
  }
  window.dispatchEvent(new StorageEvent("storage"));
}
