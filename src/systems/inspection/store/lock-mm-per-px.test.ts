import { expect, test } from "vitest";
import { describeEachDatabase } from "../../../platform/db/testing.ts";
import { openTestStore } from "./testing.ts";

describeEachDatabase("the lock on a recipe's scale", (open) => {
  test("is the first value, and takes what differs by rounding only", async () => {
    const { reader, writer } = await openTestStore(open);
    await writer.lockMmPerPx("a", 0.2, 1);
    await writer.lockMmPerPx("a", 0.2000005, 2);
    expect(await reader.lockedMmPerPx("a")).toBe(0.2);
    await expect(writer.lockMmPerPx("a", 0.25, 3)).rejects.toThrow(
      "mm_per_px mismatch for recipe 'a': expected 0.2, got 0.25",
    );
    await writer.lockMmPerPx("b", 0.25, 3);
    expect(await reader.lockedMmPerPx("b")).toBe(0.25);
  });

  test("of ten requests at once with ten scales lets one through", async () => {
    const { reader, writer } = await openTestStore(open);
    const scales = Array.from({ length: 10 }, (_, index) => index + 1);
    const locks = await Promise.allSettled(scales.map((scale) => writer.lockMmPerPx("a", scale, 1)));
    const won = scales.filter((_, index) => locks[index]?.status === "fulfilled");
    expect(won).toEqual([await reader.lockedMmPerPx("a")]);
  });
});
