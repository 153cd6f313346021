/**
 * The path of this site that a `next` parameter asks for, or "/" when it asks for anything else: another host
 * ("//host", "/\host"), a scheme, or text that a browser would read differently than we do.
 */
export function samePath(next: string | null | undefined): string {
  if (!next || next.length > 2000 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next)) return "/";
  const url = new URL(next, "http://rostrum.invalid");
  if (url.origin !== "http://rostrum.invalid") return "/";
  const path = `${url.pathname}${url.search}`;
  return url.pathname === "/sign-in" || path.startsWith("//") ? "/" : path;
}

/** The address of the sign-in page that comes back to `path` afterwards. */
export function signInPath(path: string | null | undefined): string {
  const next = samePath(path);
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}
