import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { manifestHash, manifestJson, manifestOf } from "./freeze-manifest.ts";
import { indexed } from "./index/testing.ts";

const facts = (path: string) => ({ path, sha256: `sha of ${path}`, bytes: 5, width: 100, height: 80 });
const box = { label: 0, x: 1, y: 2, width: 3, height: 4.5 };

describe("manifestOf", () => {
  it("is the index with its files, in the order of the paths", async () => {
    const index = await indexed(["val/cat/b.png", "train/cat/a.png"]);
    const files = ["train/cat/a.png", "more.txt", "val/cat/b.png"].map(facts);
    expect(manifestOf(index, files)).toEqual({
      classes: ["cat"],
      images: [
        { ...facts("train/cat/a.png"), split: "train", label: 0, boxes: [] },
        { ...facts("val/cat/b.png"), split: "val", label: 0, boxes: [] },
      ],
    });
    expect(() => manifestOf(index, [])).toThrow(RangeError);
  });

  it("has canonical JSON, and its hash as a version", () => {
    const image = { ...facts("a.png"), split: "train" as const, label: 0, boxes: [box] };
    const manifest = { classes: ["cat", 'a "b"'], images: [image, { ...image, boxes: [] }] };
    const json = [...manifestJson(manifest)].join("");
    expect(json).toBe(
      '{"classes":["cat","a \\"b\\""],"images":[' +
        '{"boxes":[{"height":4.5,"label":0,"width":3,"x":1,"y":2}],"bytes":5,"height":80,"label":0,"path":"a.png","sha256":"sha of a.png","split":"train","width":100},' +
        '{"boxes":[],"bytes":5,"height":80,"label":0,"path":"a.png","sha256":"sha of a.png","split":"train","width":100}]}',
    );
    expect(JSON.parse(json)).toEqual(manifest);
    expect(manifestHash(manifest)).toBe(createHash("sha256").update(json).digest("hex"));
    expect(manifestHash({ ...manifest, classes: ["dog"] })).not.toBe(manifestHash(manifest));
  });
});
