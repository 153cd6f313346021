/** The address of a form's page at which its draft is gone on with. */
export function goOnPath(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}draft=go-on`;
}
