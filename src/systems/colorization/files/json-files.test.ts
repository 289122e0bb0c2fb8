import { describe, expect, it } from "vitest";
import { BatchSummaryEntry } from "./batch-summary.ts";
import { formatJson, formatJsonList, parseJson } from "./json-file.ts";
import { PageMetadata } from "./page-metadata.ts";
import { PhaseCStructure, verdictOf } from "./phase-c.ts";
import { Pass1Runmeta, Pass2Runmeta } from "./runmeta.ts";

const metadata = {
  page_num: 1,
  page_image: "inputs/page_001.png",
  page_seed: 1639434952,
  page_prompt: "manga page, full colour",
  style_reference: "style.png",
  text_mask: "masks/page_001_text.png",
  detections: [
    {
      bbox: [0, 0, 10, 20],
      confidence: 0.9,
      page_num: 1,
      class_id: 3,
      class_name: "text",
      char_id: null,
      sam_mask_rle: "0",
      mask_shape: [1, 1],
      depth_score: 0,
      depth_rank: 0,
    },
  ],
};

const runmeta = {
  meta_source: "metadata/page_001.meta.json",
  engine: "embedded",
  seed: 1,
  strength: 0.75,
  status: "success",
  page_num: 1,
  input_image: "inputs/page_001.png",
  style_reference: "style.png",
  text_mask: null,
  timestamp_utc: "2026-01-01T12:00:00Z",
  options: { seed_mode: "metadata", chapter_id: "chapter_001", nested: { b: 1, a: [{ d: 1, c: 2 }] } },
  duration_ms: 12,
  output_image: "pass2/page_001_colorized.png",
  text_preservation_applied: true,
  pass1_runmeta: null,
};

const structure = {
  page_shape: [1500, 975] as [number, number],
  thresholds: { displacement_px: 10 },
  line_metrics: { line_iou: 1, line_dice: 1 },
  panel_count: 0,
  panels: [],
  page_affected_ratio_pct: 0,
  has_structural_alert: false,
};

describe("a page's metadata", () => {
  const parse = (value: unknown) => parseJson(PageMetadata, JSON.stringify(value), "page_001.meta.json");

  it("is read as it is written", () => {
    const read = parse(metadata);
    expect(read).toEqual(metadata);
    expect(JSON.parse(formatJson(PageMetadata, read))).toEqual(metadata);
  });

  it.each([
    ["another key", { ...metadata, extra: 1 }, "extra"],
    ["a key in a detection", { ...metadata, detections: [{ ...metadata.detections[0], x: 1 }] }, "x"],
    ["no text mask", { ...metadata, text_mask: "" }, "text_mask"],
    ["blanks for a prompt", { ...metadata, page_prompt: "  " }, "page_prompt"],
    ["a page number below 0", { ...metadata, page_num: -1 }, "page_num"],
    ["a seed in two parts", { ...metadata, page_seed: 1.5 }, "page_seed"],
    ["a list", [], "file"],
  ])("with %s is refused, the file and the key named", (_, value, key) => {
    expect(() => parse(value)).toThrow(expect.objectContaining({ code: "invalid_metadata", status: 400 }));
    expect(() => parse(value)).toThrow(new RegExp(`page_001.meta.json.*${key}`));
  });

  it("that is no JSON is refused", () => {
    expect(() => parseJson(PageMetadata, "{", "page_001.meta.json")).toThrow("it is no JSON");
  });
});

describe("JSON that is written", () => {
  it("has its keys in the schema's order, whatever order they came in", () => {
    const turned = Object.fromEntries(Object.entries(runmeta).reverse()) as typeof runmeta;
    const text = formatJson(Pass2Runmeta, turned);
    expect(text).toBe(formatJson(Pass2Runmeta, runmeta));
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(runmeta));
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("has keys of users sorted, at every depth, and others after the known ones", () => {
    const text = formatJson(Pass2Runmeta, { ...runmeta, zeta: { b: 1, a: 2 }, alpha: 1 });
    const read = JSON.parse(text);
    expect(Object.keys(read).slice(-2)).toEqual(["alpha", "zeta"]);
    expect(Object.keys(read.zeta)).toEqual(["a", "b"]);
    expect(JSON.stringify(read.options)).toBe(
      '{"chapter_id":"chapter_001","nested":{"a":[{"c":2,"d":1}],"b":1},"seed_mode":"metadata"}',
    );
  });

  it("leaves out what is not there", () => {
    expect(formatJson(Pass2Runmeta, { ...runmeta, error: undefined })).not.toContain("error");
    expect(formatJson(Pass2Runmeta, { ...runmeta, engine_fallback: "flux" })).toContain(
      '"engine_fallback": "flux"',
    );
  });

  it("is never of another shape: that is a mistake of the code", () => {
    expect(() => formatJson(Pass2Runmeta, { ...runmeta, strength: 2 })).toThrow("strength");
    expect(() => formatJson(Pass2Runmeta, { ...runmeta, options: {} })).toThrow("chapter_id");
  });

  it("exists for pass 1, phase C and the summary", () => {
    const pass1 = {
      metadata_file: "page_001.meta.json",
      mode: "embedded",
      fallback_reason: null,
      dependencies: { onnxruntime: true },
      duration_ms: 3,
      timestamp_utc: "2026-01-01T12:00:00Z",
      status: "success",
    };
    expect(JSON.parse(formatJson(Pass1Runmeta, pass1))).toEqual(pass1);
    expect(JSON.parse(formatJson(PhaseCStructure, structure))).toEqual(structure);
    const entry = {
      page_num: 1,
      input_page: "inputs/page_001.png",
      pass1_mode: "embedded",
      pass1_fallback_reason: null,
      pass1_meta: "page_001.meta.json",
      pass1_runmeta: "page_001.meta.pass1.runmeta.json",
      pass2_image: null,
      pass2_strength: 1,
      pass2_seed_override: null,
      pass2_options: {},
      phase_c_structure: structure,
      phase_c_artifacts: null,
    };
    expect(JSON.parse(formatJsonList(BatchSummaryEntry, [entry]))).toEqual([entry]);
  });
});

describe("verdictOf", () => {
  it.each([
    [0, "acceptable"],
    [14.9, "acceptable"],
    [15, "micro_inpaint"],
    [29.9, "micro_inpaint"],
    [30, "critical_inpaint"],
    [100, "critical_inpaint"],
  ])("%d percent is %s", (percent, verdict) => {
    expect(verdictOf(percent)).toBe(verdict);
  });
});
