export * from "./calibration.ts";
export * from "./datasets.ts";
export * from "./models.ts";
export * from "./status.ts";
