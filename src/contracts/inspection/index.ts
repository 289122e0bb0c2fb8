export * from "./batch.ts";
export * from "./calibration.ts";
export * from "./datasets.ts";
export * from "./models.ts";
export * from "./reports.ts";
export * from "./shapes.ts";
export * from "./status.ts";
export * from "./versions.ts";
