import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { LocalFileStore } from "../../../platform/storage/local/local-file-store.ts";
import { aCase, EVENT, openTestStore, START } from "../store/testing.ts";
import { applyRetention } from "./apply-retention.ts";
import { verifyAudit } from "./verify-audit.ts";

const DAY_MS = 86_400_000;

describeEachDatabase("the retention time", (open) => {
  test("takes texts and files of old cases, keeps their figures, and says so in the audit", async () => {
    const store = await openTestStore(open);
    const root = await mkdtemp(join(tmpdir(), "quatrain-retention-"));
    onTestFinished(() => rm(root, { recursive: true }));
    const files = await LocalFileStore.open({ root, shared: false, limits: {} });
    for (const [id, age] of [
      ["case_old", 31],
      ["case_new", 29],
    ] as const) {
      const key = `cases/${id}/original.pdf`;
      await files.put(key, Buffer.from(id));
      const file = { filename: "a.pdf", format: "pdf", key };
      await store.writer.addCase(aCase(id, { analyzedAt: START - age * DAY_MS, file }), {
        ...EVENT,
        subject: id,
      });
    }
    const deps = { ...store, files, clock: { now: () => START } };
    const { signal } = new AbortController();
    expect(await applyRetention(deps, 30, signal)).toBe(1);
    expect(await applyRetention(deps, 30, signal)).toBe(0);
    expect(await store.documents.textOf("case_old")).toBeNull();
    expect(await store.documents.textOf("case_new")).not.toBeNull();
    expect(await files.stat("cases/case_old/original.pdf")).toBeNull();
    expect(await files.stat("cases/case_new/original.pdf")).not.toBeNull();
    expect(await store.cases.countCases({})).toBe(2);
    const entries = await store.audit.entries(0, 10, "case_old");
    expect(entries.map(({ action }) => action)).toEqual(["case.created", "case.content_deleted"]);
    expect(await verifyAudit(store.audit)).toMatchObject({ valid: true });
  });
});
