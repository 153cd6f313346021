import { defineConfig } from "prisma/config";

// `generate`, `validate` and `format` need no engine, but the CLI looks for one and would try to download it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
});
