import type { Log } from "../ports.ts";

/** A log that says nothing: for tests and benchmarks. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
};
