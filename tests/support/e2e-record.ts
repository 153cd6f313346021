import { expect, test } from "@playwright/test";
import { tokenOf } from "./e2e";

type Made = { id: string; slug: string; version: number };

/** Puts dialogues and statements on record through the API, so that a test finds what it reads. */
export type Writer = {
  /** A dialogue of its own for one test: one meeting on 6 September 2017 unless it says otherwise. */
  dialogue(slug: string, more?: Record<string, unknown>): Promise<Made>;
  say(slug: string, statement: Record<string, unknown>): Promise<Made>;
  /** Changes a statement from a version, as somebody else would. */
  revise(id: string, version: number, patch: Record<string, unknown>): Promise<void>;
  /** Puts a text, positions or the like in a place. */
  put(path: string, body: unknown, version?: number): Promise<void>;
  /** Changes a record from a version, as somebody else would. */
  patch(path: string, body: unknown, version: number): Promise<void>;
  get<T>(path: string): Promise<T>;
};

/** Somebody who writes with an analyst's token. */
export async function writer(): Promise<Writer> {
  const token = await tokenOf("analyst", "write");
  const base = `${test.info().project.use.baseURL}/api/v1`;
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };

  async function post(path: string, body: Record<string, unknown>): Promise<Made> {
    const response = await fetch(`${base}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await response.text();
    expect(response.status, text).toBe(201);
    return JSON.parse(text) as Made;
  }

  async function change(path: string, body: unknown, version: number): Promise<void> {
    const response = await fetch(`${base}${path}`, {
      method: "PATCH",
      headers: { ...headers, "If-Match": `"${version}"` },
      body: JSON.stringify(body),
    });
    expect(response.status, await response.text()).toBe(200);
  }

  return {
    dialogue: (slug, more = {}) =>
      post("/dialogues", {
        slug,
        title: `Dialogue ${slug}`,
        kind: "informal_interactive_dialogue",
        startsOn: "2017-09-06",
        ...more,
      }),
    say: (slug, statement) => post(`/dialogues/${slug}/statements`, statement),
    revise: (id, version, patch) => change(`/statements/${id}`, patch, version),
    patch: change,
    put: async (path, body, version) => {
      const response = await fetch(`${base}${path}`, {
        method: "PUT",
        headers: version === undefined ? headers : { ...headers, "If-Match": `"${version}"` },
        body: JSON.stringify(body),
      });
      expect(response.ok, await response.text()).toBe(true);
    },
    get: async <T>(path: string) => (await (await fetch(`${base}${path}`, { headers })).json()) as T,
  };
}
