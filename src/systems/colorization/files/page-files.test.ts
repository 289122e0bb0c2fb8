import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { characterId, Detection } from "./detections.ts";
import { pageFileNames, pageOfMetadataName, pageStem, slug } from "./page-names.ts";
import { pageSeed } from "./page-seed.ts";

describe("names of a page's files", () => {
  it("are those that clients know", () => {
    expect(pageFileNames(7)).toEqual({
      metadata: "page_007.meta.json",
      pass1Runmeta: "page_007.meta.pass1.runmeta.json",
      textMask: "page_007_text.png",
      colorized: "page_007_colorized.png",
      pass2Runmeta: "page_007_colorized.runmeta.json",
      phaseCStructure: "page_007_phase_c_structure.json",
      phaseCInpaintMask: "page_007_phase_c_inpaint_mask.png",
      phaseCOverlay: "page_007_phase_c_overlay.png",
    });
    expect(pageStem(1234)).toBe("page_1234");
  });

  it("of metadata say which page it is, other names are none", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (page) => {
        expect(pageOfMetadataName(pageFileNames(page).metadata)).toBe(page);
      }),
    );
    for (const name of ["page_007.meta.pass1.runmeta.json", "page_.meta.json", "page_1.meta.json.bak", "a"])
      expect(pageOfMetadataName(name)).toBeNull();
  });

  it.each([-1, 1.5, Number.NaN])("refuse %d", (page) => {
    expect(() => pageStem(page)).toThrow(RangeError);
  });
});

describe("slug", () => {
  it.each([
    ["One Piece: 12 (raw)", "One_Piece_12_raw_"],
    ["chapter_001", "chapter_001"],
    ["../../etc/passwd", "_etc_passwd"],
    ["고양이", "_"],
    ["", "manga_default"],
  ])("%j becomes %j", (name, made) => {
    expect(slug(name, "manga_default")).toBe(made);
  });

  it("makes of any text one part of a path", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
        expect(slug(name, "x")).toMatch(/^[A-Za-z0-9_-]{1,120}$/);
      }),
    );
  });
});

describe("pageSeed", () => {
  it.each([
    ["chapter_001", 1, 1639434952],
    ["chapter_001", 2, 509859101],
    ["default", 1, 940320899],
  ])("of %s, page %d is %d", (chapter, page, seed) => {
    expect(pageSeed(chapter, page)).toBe(seed);
  });
});

describe("detections", () => {
  it("name characters by page and number, as the schema demands", () => {
    const detection = {
      bbox: [0, 0, 10, 20],
      confidence: 0.9,
      page_num: 7,
      class_id: 3,
      class_name: "text",
      char_id: characterId(7, 2),
      sam_mask_rle: null,
      mask_shape: [1500, 975],
      depth_score: 0.5,
      depth_rank: 1,
    };
    expect(detection.char_id).toBe("char_007_002");
    expect(Detection.safeParse(detection).success).toBe(true);
    expect(Detection.safeParse({ ...detection, class_id: 4 }).success).toBe(false);
    expect(Detection.safeParse({ ...detection, char_id: "char_7" }).success).toBe(false);
    expect(() => characterId(-1, 0)).toThrow(RangeError);
  });
});
