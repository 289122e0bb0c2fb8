import { expect, test } from "vitest";
import { entryUrl } from "./entry-url.ts";

test("an entry beside a TypeScript file is TypeScript", () => {
  expect(entryUrl("./worker", "file:///quatrain/src/ml/pool.ts").href).toBe(
    "file:///quatrain/src/ml/worker.ts",
  );
});

test("an entry beside a compiled file is compiled", () => {
  const caller = "file:///app/node_modules/quatrain/dist/ml/pool.js";
  expect(entryUrl("../jobs/child", caller).href).toBe("file:///app/node_modules/quatrain/dist/jobs/child.js");
});

test("a query after the file name does not matter", () => {
  expect(entryUrl("./worker", "file:///src/pool.ts?t=1").pathname).toBe("/src/worker.ts");
});
