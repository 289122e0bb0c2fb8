import { expect, test } from "vitest";
import { describeEachDatabase } from "../../platform/db/testing.ts";
import { verifyAudit } from "./actions/verify-audit.ts";
import { ChainCheck, GENESIS, hashEntry } from "./audit-chain.ts";
import { aCase, EVENT, openTestStore } from "./store/testing.ts";

test("an entry's hash covers all of it, whatever the order of its details", () => {
  const entry = {
    seq: 1,
    at: 5,
    actor: "a",
    action: "b",
    subject: "c",
    details: { x: 1, y: "2" },
    previous: GENESIS,
  };
  const hash = hashEntry(entry);
  expect(hashEntry({ ...entry, details: { y: "2", x: 1 } })).toBe(hash);
  const changes = [
    { seq: 2 },
    { at: 6 },
    { actor: "z" },
    { action: "z" },
    { subject: "z" },
    { details: { x: 2 } },
  ];
  for (const change of changes) expect(hashEntry({ ...entry, ...change })).not.toBe(hash);
  expect(new ChainCheck().follow({ ...entry, hash })).toBeNull();
  expect(new ChainCheck().follow({ ...entry, hash: GENESIS })).toContain("was changed");
});

describeEachDatabase("the audit", (open) => {
  async function withThree() {
    const store = await openTestStore(open);
    await Promise.all(
      ["case_1", "case_2", "case_3"].map((id) => store.writer.addCase(aCase(id), { ...EVENT, subject: id })),
    );
    return store;
  }

  test("is one chain, also when cases are stored at once", async () => {
    const { audit } = await withThree();
    const head = (await audit.head()).hash;
    expect(await verifyAudit(audit)).toEqual({ valid: true, entries: 3, head, brokenAt: null, reason: null });
    expect((await audit.entries(0, 10, "case_2")).map(({ subject }) => subject)).toEqual(["case_2"]);
  });

  test.each([
    ["changed", "update integrity_audit set actor = 'somebody else' where seq = 2", 2],
    ["taken out", "delete from integrity_audit where seq = 2", 2],
    ["cut off", "delete from integrity_audit where seq = 3", 3],
  ])("tells where an entry was %s", async (_how, statement, brokenAt) => {
    const { audit, database } = await withThree();
    const { sql } = await import("kysely");
    await database.transaction((tx) => sql.raw(statement).execute(tx));
    expect(await verifyAudit(audit)).toMatchObject({ valid: false, brokenAt });
  });
});
