/** A browser without JavaScript, as far as forms go: what a page's form would send when one of its buttons is pressed. */
export type Pressed = { status: number; location: string };

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name.replaceAll("$", "\\$")}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** The fields of the form that has a button with these words: hidden ones, and what is chosen in its lists. */
function fieldsOf(html: string, button: string): FormData {
  const form = html.split("<form").find((part) => part.slice(0, part.indexOf("</form>")).includes(button));
  if (!form) throw new Error(`No form on the page has a button "${button}".`);
  const inside = form.slice(0, form.indexOf("</form>"));
  const sent = new FormData();
  for (const [tag] of inside.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)) {
    sent.append(attribute(tag, "name") ?? "", attribute(tag, "value") ?? "");
  }
  for (const [, open = "", options = ""] of inside.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const chosen = /<option\b[^>]*\sselected=""[^>]*>/.exec(options)?.[0] ?? "";
    sent.append(attribute(` ${open}`, "name") ?? "", attribute(chosen, "value") ?? "");
  }
  return sent;
}

/** Opens a page and presses a button of one of its forms. */
export async function press(page: string, cookie: string, button: string): Promise<Pressed> {
  const text = await (await fetch(page, { headers: { Cookie: cookie } })).text();
  // React sets apart pieces of one text by empty comments.
  const html = text.replaceAll("<!-- -->", "");
  const headers = { Cookie: cookie, Origin: new URL(page).origin };
  const answer = await fetch(page, { method: "POST", headers, body: fieldsOf(html, button), redirect: "manual" });
  return { status: answer.status, location: answer.headers.get("location") ?? "" };
}

/** Sends a file by the form of the page of imports. Returns the address of the import. */
export async function sendFile(
  url: string,
  cookie: string,
  file: { kind: string; dialogue: string; name: string; text: string },
): Promise<string> {
  const form = new FormData();
  form.append("kind", file.kind);
  form.append("dialogue", file.dialogue);
  form.append("file", new Blob([file.text]), file.name);
  const headers = { Cookie: cookie, Origin: url };
  const answer = await fetch(`${url}/api/imports`, { method: "POST", headers, body: form, redirect: "manual" });
  const location = answer.headers.get("location") ?? "";
  if (!location.startsWith("/import/")) throw new Error(`The file was refused: ${answer.status} ${location}`);
  return `${url}${location}`;
}
