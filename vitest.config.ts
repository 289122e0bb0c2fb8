import { defineConfig } from "vitest/config";

/**
 * Three projects: `unit` lies beside its source and needs nothing; `system` starts servers, databases and processes;
 * `browser` looks at the console with a real Chromium, where there is one.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } }, // a loaded machine takes its time
    maxWorkers: 2,
    projects: [
      // one module graph for all files of a worker: none keeps state, and half of the time goes
      { extends: true, test: { name: "unit", include: ["{src,console/src}/**/*.test.ts"], isolate: false } },
      {
        extends: true,
        test: { name: "system", include: ["tests/**/*.test.ts"], exclude: ["tests/browser/**"] },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/*.test.ts"],
          globalSetup: "tests/browser/build-console.ts",
        },
      },
    ],
  },
});
