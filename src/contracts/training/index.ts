export * from "./auth.ts";
export * from "./config.ts";
export * from "./datasets.ts";
export * from "./internal.ts";
export * from "./jobs.ts";
export * from "./models.ts";
export * from "./vocabulary.ts";
