// What may import what (docs/decisions/003-boundaries.md). Run by scripts/boundaries.ts, which adds what needs more than paths.
// No `parser` option: with one, and TypeScript 7, dependency-cruiser sees no modules at all and is content.

const FEATURE = "^features/([^/]+)/";

/** The files of one kind, in a file or in a folder of that name. */
const kind = (name) => `${FEATURE}${name}(/|\\.tsx?$)`;
/** The same kinds within the feature that the importing file belongs to. */
const own = (...names) => `^features/$1/(${names.join("|")})(/|\\.tsx?$)`;
const any = (...names) => `^features/[^/]+/(${names.join("|")})(/|\\.tsx?$)`;

const PACKAGES = "node_modules/";
const ENUMS = "^generated/prisma/enums\\.ts$";
/** Shapes and pure rules live on these and on nothing that does I/O; boundaries.ts refuses the files among them that are server-only. */
const LIB = "^lib/[^/]+\\.ts$";
const POLICY = "^lib/auth/(permissions|paths)\\.ts$";

/** @returns {import("dependency-cruiser").IForbiddenRuleType} */
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** `from` imports nothing but what is listed. */
const only = (name, comment, from, allowed) => rule(name, comment, { path: from }, { pathNot: allowed });

export default {
  forbidden: [
    rule("no-cycles", "Two files that need each other are one, or miss a third.", {}, { circular: true }),
    rule("no-unresolved", "An import must lead somewhere.", {}, { couldNotResolve: true }),
    rule(
      "no-orphans",
      "A file that nothing imports and that imports nothing is dead.",
      {
        orphan: true,
        path: "^(app|components|features|lib)/",
        pathNot: "^app/.*/(page|layout|template|loading|route)\\.tsx?$",
      },
      {},
    ),

    rule(
      "lib-below-all",
      "lib knows no nouns.",
      { path: "^lib/" },
      { path: "^(app|components|features|prisma|scripts|tests)/" },
    ),
    rule(
      "components-below-features",
      "components/ could ship in another product.",
      { path: "^components/" },
      { path: "^(app|features|generated|prisma|scripts|tests)/" },
    ),
    rule(
      "features-below-app",
      "Features do not know their pages.",
      { path: "^features/" },
      { path: "^(app|prisma|scripts|tests)/" },
    ),
    rule(
      "app-above-tools",
      "The product does not need its tools to run.",
      { path: "^app/" },
      { path: "^(prisma|scripts|tests)/" },
    ),

    rule(
      "app-without-database",
      "Routes call queries and mutations, of lib/db.ts only `snapshot` (lint refuses `write`).",
      { path: "^app/" },
      { path: ["^generated/", "^lib/(database|db-errors)\\.ts$", `${PACKAGES}(@prisma/|pg/)`] },
    ),
    rule(
      "app-without-rules",
      "Rules are reached through queries and mutations.",
      { path: "^app/" },
      { path: any("rules") },
    ),
    rule(
      "unguarded-client",
      "lib/db.ts asks for a caller first; this client does not.",
      { pathNot: "^(lib/(db|readiness)\\.ts$|lib/auth/|scripts/|prisma/)" },
      { path: "^lib/database\\.ts$" },
    ),
    rule(
      "database-client-in-its-place",
      "Prisma's client and its types stay in reads and writes.",
      {
        path: "^(components|features|lib)/",
        pathNot: [any("queries", "mutations"), "^lib/(db|database|db-errors|readiness)\\.ts$", "^lib/auth/"],
      },
      { path: ["^generated/", `${PACKAGES}(@prisma/|pg/)`], pathNot: ENUMS },
    ),

    only("schema-imports", "Shapes of input, for browser and server; of rules the types only.", kind("schema"), [
      any("schema"),
      `${PACKAGES}zod/`,
      ENUMS,
      LIB,
      POLICY,
      own("rules"),
    ]),
    only("rules-imports", "Pure decisions: no clock, no I/O.", kind("rules"), [
      any("rules", "schema"),
      `${PACKAGES}fastest-levenshtein/`,
      ENUMS,
      LIB,
      POLICY,
    ]),
    rule(
      "queries-imports",
      "Reads do not write, and know no browser.",
      { path: kind("queries") },
      {
        path: [
          any("mutations", "actions", "formats", "components"),
          "^components/",
          "^lib/(action|public-action|form|form-state|route|database)\\.ts$",
        ],
      },
    ),
    rule(
      "mutations-imports",
      "Events of the domain know no browser and no file format.",
      { path: kind("mutations") },
      {
        path: [
          any("actions", "formats", "components"),
          "^components/",
          "^lib/(action|public-action|form|form-state|route|database)\\.ts$",
        ],
      },
    ),
    only("actions-imports", "Permission, shape, run and revalidation; no rules.", kind("actions"), [
      own("mutations", "queries", "schema", "formats", "actions"),
      `${PACKAGES}next/`,
      LIB,
      "^lib/auth/",
    ]),
    only("formats-imports", "From DTO to file and back, pure.", kind("formats"), [
      own("rules", "formats", "queries"),
      any("schema"),
      "^lib/formats/",
      LIB,
      PACKAGES,
    ]),
    only("components-imports", "This noun's forms, tables and cards, and the shapes of others.", kind("components"), [
      own("actions", "schema", "rules", "formats", "components"),
      any("queries", "mutations", "schema"),
      "^components/",
      LIB,
      POLICY,
      `${PACKAGES}(react|react-dom|@types/react|next|clsx|lucide-react|(@types/)?d3-(scale|shape))/`,
    ]),

    rule(
      "no-development-packages",
      "What the product needs is a dependency.",
      { path: "^(app|components|features|lib)/|^proxy\\.ts$" },
      { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    ),
  ],
  options: {
    doNotFollow: { path: "(^|/)node_modules/|^generated/" },
    exclude: { path: "^(\\.next|\\.data)/|\\.css$" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
