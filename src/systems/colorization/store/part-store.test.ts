import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import type { Part } from "../characters.ts";
import { colorizationMigrations } from "./migrations/index.ts";
import { followWork, PartStore } from "./part-store.ts";
import type { ColorizationTables } from "./tables.ts";

const part = (label: string, more: Partial<Part> = {}): Part => ({
  name: "綾",
  label,
  colour: "#a0283c",
  locked: true,
  instead: null,
  places: [],
  descriptors: [[1, -0.125]],
  ...more,
});

describeEachDatabase("colours of characters", (open) => {
  const openStore = async () => {
    const { database: opened } = await open(colorizationMigrations);
    const database = opened.as<ColorizationTables>();
    return { database, store: new PartStore(database, { now: () => 1 }) };
  };

  test("come back as they were given, in their order, each scope for itself", async () => {
    const { store } = await openStore();
    const place = { picture: null, chapterId: "c", pageNum: 1, x: 2, y: 3, width: 4, height: 5 };
    const coat = part("coat", { places: [{ ...place, pageSha256: "ab" }], instead: "#010203" });
    await store.put("c", [part("scarf"), coat]);
    await store.put("/series/c", [part("coat", { colour: "#000000" })]);
    expect(await store.list("c")).toEqual([part("scarf"), coat]);
    expect(await store.list("d")).toEqual([]);
    await store.put("c", [part("hair"), part("scarf", { locked: false })]);
    expect((await store.list("c")).map(({ label, locked }) => [label, locked])).toEqual([
      ["scarf", false],
      ["coat", true],
      ["hair", true],
    ]);
    await store.replace("c", [part("hat")]);
    expect(await store.list("c")).toEqual([part("hat")]);
  });

  test("follow the work only while they are not locked", async () => {
    const { database, store } = await openStore();
    await store.put("c", [part("coat"), part("hair", { locked: false })]);
    await database.transaction(async (tx) => {
      for (const label of ["coat", "hair", "gone"])
        await followWork(tx, "c", { name: "綾", label, colour: "#00ff00" }, 2);
    });
    expect((await store.list("c")).map(({ colour }) => colour)).toEqual(["#a0283c", "#00ff00"]);
  });

  test("are forgotten one by one, by character, or all together", async () => {
    const { store } = await openStore();
    await store.put("c", [part("coat"), part("hair"), part("coat", { name: "Bo" })]);
    expect(await store.remove("c", "綾", "hair")).toBe(1);
    expect(await store.remove("c", "綾")).toBe(1);
    expect(await store.remove("c")).toBe(1);
    expect(await store.remove("c")).toBe(0);
  });
});
