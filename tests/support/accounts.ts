/** One account for each role, as the end-to-end tests sign in. */
export const ACCOUNTS = {
  viewer: { email: "viewer@example.org", name: "Viewer One", password: "lantern gravel orchid seven" },
  analyst: { email: "analyst@example.org", name: "Analyst One", password: "copper meadow violin twelve" },
  reviewer: { email: "reviewer@example.org", name: "Reviewer One", password: "harbour thistle pencil nine" },
  admin: { email: "admin@example.org", name: "Administrator", password: "granite willow teapot eleven" },
} as const;

export type Role = keyof typeof ACCOUNTS;
