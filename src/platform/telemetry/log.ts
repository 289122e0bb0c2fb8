import { destination, pino } from "pino";
import type { Log } from "../ports.ts";

/** JSON lines on standard error: standard output belongs to the lines that scripts read. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: { pid: process.pid },
      redact: ["headers.authorization", 'headers["x-api-key"]', "headers.cookie"],
    },
    destination({ fd: 2, sync: true }),
  );
}
