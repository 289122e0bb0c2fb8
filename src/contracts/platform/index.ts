export * from "./accounts.ts";
export * from "./jobs.ts";
export * from "./maintenance.ts";
export * from "./models.ts";
export * from "./session.ts";
export * from "./status.ts";
