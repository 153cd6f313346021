import "server-only";
import { cookies } from "next/headers";

/** A look that a reader chose. Without a choice the reader's system decides, in CSS. */
export type Theme = "light" | "dark";

export const THEME_COOKIE = "theme";

/** The theme that a cookie or a form names; null for "system" and for anything else. */
export function themeOf(text: string | undefined): Theme | null {
  return text === "light" || text === "dark" ? text : null;
}

/** The theme that this reader has chosen, for `data-theme` on `<html>`: the first paint is already right. */
export async function chosenTheme(): Promise<Theme | null> {
  return themeOf((await cookies()).get(THEME_COOKIE)?.value);
}
