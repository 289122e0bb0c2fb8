import { expect, test } from "vitest";
import { silentLog } from "../telemetry/silent-log.ts";
import { Closers } from "./closers.ts";

test("what was opened last is closed first, once, and a failure keeps nothing open", async () => {
  const closed: string[] = [];
  const failures: object[] = [];
  const closers = new Closers();
  closers.add("database", () => closed.push("database"));
  closers.add("files", () => Promise.reject(new Error("stuck")));
  closers.add("listener", async () => {
    await Promise.resolve();
    closed.push("listener");
  });
  const log = { ...silentLog, error: (fields: object) => void failures.push(fields) };
  await closers.closeAll(log);
  await closers.closeAll(log);
  expect(closed).toEqual(["listener", "database"]);
  expect(failures).toMatchObject([{ closing: "files", reason: "stuck" }]);
});
