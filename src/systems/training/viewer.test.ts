import { expect, test } from "vitest";
import { mayChange, maySee, viewerOf } from "./viewer.ts";

const principal = (kind: "user" | "key", id: string | null, isAdmin = false) =>
  ({ kind, id, name: "x", may: (system: string) => isAdmin && system === "platform" }) as never;
const owned = (ownerId: number | null, visibility = "private") => ({ ownerId, visibility });

test("a user sees what is his and what is public, and changes what is his", () => {
  const viewer = viewerOf(principal("user", "3"));
  expect(viewer).toEqual({ userId: 3, seesAll: false });
  expect([owned(3), owned(4), owned(null), owned(4, "public")].map((thing) => maySee(viewer, thing))).toEqual(
    [true, false, false, true],
  );
  expect(
    [owned(3), owned(4), owned(null), owned(4, "public")].map((thing) => mayChange(viewer, thing)),
  ).toEqual([true, false, false, false]);
});

test("administrators and machines see and change everything", () => {
  for (const viewer of [viewerOf(principal("user", "1", true)), viewerOf(principal("key", null))]) {
    for (const thing of [owned(3), owned(null)]) {
      expect(maySee(viewer, thing) && mayChange(viewer, thing)).toBe(true);
    }
  }
});
