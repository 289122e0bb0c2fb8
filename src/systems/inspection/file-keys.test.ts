import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyFault } from "../../platform/storage/file-key.ts";
import {
  baseName,
  memoryKey,
  parseBaseName,
  pictureKey,
  roiOfSourceKey,
  sidecarKey,
  sourceKey,
} from "./file-keys.ts";

/** Ids as the contract lets them through. */
const ids = fc
  .string({ unit: "binary", minLength: 1, maxLength: 30 })
  .filter((text) => Buffer.byteLength(text) <= 84 && !/\p{Cc}/u.test(text) && text.trim() !== "");

describe("a dataset's folder", () => {
  test("is named as documented", () => {
    const place = { recipeId: "default", roleId: "Inspection", roiId: "inspection-1" };
    expect(pictureKey(place, "ok", "a.b.png")).toBe(
      "recipes/default/datasets/SW5zcGVjdGlvbg__aW5zcGVjdGlvbi0x/ok/a.b.png",
    );
    expect(sidecarKey(place, "ok", "a.b.png")).toMatch(/\/ok\/a\.b\.json$/);
  });

  test("tells its role and ROI, also where a name has _ at its end in base64", () => {
    expect(baseName({ roleId: "ab?", roiId: "ab?" })).toBe("YWI___YWI_");
    fc.assert(
      fc.property(ids, ids, (roleId, roiId) => {
        expect(parseBaseName(baseName({ roleId, roiId }))).toEqual({ roleId, roiId });
      }),
    );
  });

  test.each(["", "__", "a", "YQ", "YQ__", "__YQ", "YQ__Y", "YR__YQ", "YQ==__YQ", "YQ__YQ__YQ"])(
    "is not called %j",
    (name) => {
      expect(parseBaseName(name)).toBeNull();
    },
  );
});

describe("a model's files", () => {
  const roi = { recipeId: "default", roleId: "r", roiId: "i" };

  test("have keys that every store takes, whatever the model's key", () => {
    fc.assert(
      fc.property(ids, (modelKey) => {
        expect(keyFault(memoryKey({ ...roi, modelKey }, 3))).toBeNull();
        expect(keyFault(sourceKey({ ...roi, modelKey }, "0".repeat(64)))).toBeNull();
      }),
    );
  });

  test("tell whose they are, and nobody else's keys do", () => {
    fc.assert(
      fc.property(ids, ids, ids, (modelKey, roleId, roiId) => {
        const place = { recipeId: "a-1", modelKey, roleId, roiId };
        expect(roiOfSourceKey(sourceKey(place, "0".repeat(64)))).toEqual(place);
        expect(roiOfSourceKey(memoryKey(place, 1))).toBeNull();
      }),
    );
    const base = "recipes/a/models/m/YQ__Yg";
    expect(roiOfSourceKey(`${base}/sources/${"f".repeat(64)}`)).toMatchObject({ roleId: "a", roiId: "b" });
    for (const key of [`${base}/sources/note.txt`, `recipes/a/models/%/YQ__Yg/sources/${"f".repeat(64)}`])
      expect(roiOfSourceKey(key)).toBeNull();
  });

  test("of two model keys never meet", () => {
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        fc.pre(one !== other);
        expect(memoryKey({ ...roi, modelKey: one }, 1)).not.toBe(memoryKey({ ...roi, modelKey: other }, 1));
      }),
    );
    expect(memoryKey({ ...roi, modelKey: ".." }, 1)).toContain("/models/%2E%2E/");
  });
});
