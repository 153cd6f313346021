// Start-up (scripts/prepare.ts) puts APP_URL and ROSTRUM_BUILD into the environment of both the build and the server.
const appUrl = process.env.APP_URL;

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // No optimizer: it would fetch addresses that a stranger names. The server answers 404 on its path.
  images: { unoptimized: true },
  // Native or worker-based packages that must stay files, and what has nothing to gain from being bundled.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@zxcvbn-ts/core",
    "@zxcvbn-ts/language-common",
    "hucre",
    "pg",
    "pino",
  ],
  // The title comes with its page, for everybody: streamed behind it, a page is without one while a screen reader announces it.
  htmlLimitedBots: /.*/,
  // An open tab of another build reloads at its next navigation instead of asking for files that are gone.
  ...(process.env.ROSTRUM_BUILD ? { deploymentId: process.env.ROSTRUM_BUILD } : {}),
  experimental: {
    // `forbidden()` in a page answers 403 with app/forbidden.tsx.
    authInterrupts: true,
    serverActions: { bodySizeLimit: "6mb", allowedOrigins: appUrl ? [new URL(appUrl).host] : [] },
  },
  // `npm run check` looks at types, with lint and boundaries; a start should not wait for it.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: import.meta.dirname },
};
