import { writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../../tests/support/temporary-folder.ts";
import { checkGraph } from "./testing/node-kinds.ts";
import { fillWorkflow, parseWorkflow, readWorkflow, type WorkflowValues } from "./workflow.ts";

const values: WorkflowValues = {
  "INPUT_IMAGE.png": "page (1).png",
  "STYLE_IMAGE.png": "style.png",
  "%POSITIVE_PROMPT%": "a quiet street",
  "%SEED%": 1639434952,
  "%STRENGTH%": 0.75,
};
const node = (inputs: Record<string, unknown>) => ({ class_type: "Any", inputs });
const loads = node({ image: "INPUT_IMAGE.png" });
const parse = (graph: unknown) => parseWorkflow(JSON.stringify(graph), "mine.json");

describe("the workflow that comes with the program", () => {
  it("has every link, type and required input that ComfyUI's nodes demand", async () => {
    const graph = fillWorkflow(await readWorkflow(null), values);
    const uploads = new Set(["page (1).png", "style.png"]);
    expect(checkGraph(graph as Parameters<typeof checkGraph>[0], uploads)).toBeNull();
    expect(checkGraph(graph as Parameters<typeof checkGraph>[0], new Set(["style.png"]))).not.toBeNull();
  });

  it("conditions on the page first and the style second, and leaves strength to others", async () => {
    const workflow = await readWorkflow(null);
    expect(workflow.missing).toEqual(["%STRENGTH%"]);
    const graph = fillWorkflow(workflow, values);
    const loaderBehind = (id: string): unknown => {
      const { class_type: type, inputs } = graph[id] ?? node({});
      if (type === "LoadImage") return inputs.image;
      const next = inputs.latent ?? inputs.pixels ?? inputs.image;
      return loaderBehind((next as [string, number])[0]);
    };
    const references = Object.entries(graph).filter(([, { class_type: type }]) => type === "ReferenceLatent");
    expect(references.map(([id]) => loaderBehind(id))).toEqual(["page (1).png", "style.png"]);
    expect(JSON.stringify(graph)).toContain("a quiet street");
  });
});

describe("an operator's workflow", () => {
  it("has its placeholders replaced wherever they stand, numbers as numbers", () => {
    const workflow = parse({
      "1": loads,
      "2": node({
        text: "in colour: %POSITIVE_PROMPT%, seed %SEED%",
        seed: "%SEED%",
        nested: [{ strength: "%STRENGTH%", also: "STYLE_IMAGE.png [input]" }],
        link: ["1", 0],
        kept: 5,
      }),
    });
    expect(workflow.missing).toEqual([]);
    expect(fillWorkflow(workflow, values)).toEqual({
      "1": node({ image: "page (1).png" }),
      "2": node({
        text: "in colour: a quiet street, seed 1639434952",
        seed: 1639434952,
        nested: [{ strength: 0.75, also: "style.png [input]" }],
        link: ["1", 0],
        kept: 5,
      }),
    });
  });

  it("takes a prompt as it is: no placeholder in it, no pattern, is replaced", () => {
    const workflow = parse({
      "1": loads,
      "2": node({ text: "%POSITIVE_PROMPT%", more: "x %POSITIVE_PROMPT%" }),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("%SEED% $& $1", "INPUT_IMAGE.png")), (prompt) => {
        const { "2": filled } = fillWorkflow(workflow, { ...values, "%POSITIVE_PROMPT%": prompt });
        expect(filled?.inputs).toEqual({ text: prompt, more: `x ${prompt}` });
      }),
    );
  });

  it.each([
    ["of the editor", { nodes: [], links: [] }, "Export (API)"],
    ["without nodes", {}, "Export (API)"],
    ["with a node that has no type", { "1": { inputs: {} } }, "class_type"],
    ["that is a list", [1], "Export (API)"],
    ["with a link to nowhere", { "1": loads, "2": node({ image: ["7", 0] }) }, "node 7"],
    ["that does not load the page", { "1": node({ image: "other.png" }) }, "INPUT_IMAGE.png"],
    [
      "nested too deep",
      { "1": loads, "2": node({ x: JSON.parse("[".repeat(99) + "]".repeat(99)) }) },
      "deep",
    ],
  ])("%s is refused, with what to do", (_, graph, words) => {
    expect(() => parse(graph)).toThrow(expect.objectContaining({ code: "workflow_invalid", status: 422 }));
    expect(() => parse(graph)).toThrow(words);
  });

  it("is read from a file, whose name is in every refusal", async () => {
    const file = `${await temporaryFolder()}/mine.json`;
    await expect(readWorkflow(file)).rejects.toThrow(file);
    await writeFile(file, "{");
    await expect(readWorkflow(file)).rejects.toThrow("no JSON");
    await writeFile(file, JSON.stringify({ "1": loads }));
    expect((await readWorkflow(file)).missing).toHaveLength(4);
    await writeFile(file, `"${"x".repeat(5_000_000)}"`);
    await expect(readWorkflow(file)).rejects.toThrow("bytes");
  });
});
