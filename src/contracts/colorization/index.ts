export * from "./chapters.ts";
export * from "./jobs.ts";
export * from "./palettes.ts";
export * from "./pipeline.ts";
export * from "./status.ts";
export * from "./uploads.ts";
export * from "./vocabulary.ts";
