import { readFile } from "node:fs/promises";
import { z } from "zod";
import { messageOf, userError } from "../../../../platform/errors/quatrain-error.ts";

/**
 * What stands in an operator's workflow for what changes from page to page. A text that is nothing but `%SEED%` or
 * `%STRENGTH%` becomes a number. Source: spec/colorization.md section 4.
 */
const PLACEHOLDERS = [
  "INPUT_IMAGE.png",
  "STYLE_IMAGE.png",
  "%POSITIVE_PROMPT%",
  "%SEED%",
  "%STRENGTH%",
] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

/** Values of the placeholders: names of uploaded pictures, the prompt, numbers. */
export type WorkflowValues = Readonly<Record<Placeholder, string | number>>;

/** A workflow in ComfyUI's API format, checked. */
export interface Workflow {
  readonly graph: WorkflowGraph;
  /** Placeholders that it does not have: what they stand for, it cannot heed. */
  readonly missing: readonly Placeholder[];
}

export type WorkflowGraph = Readonly<Record<string, WorkflowNode>>;

interface WorkflowNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const Graph = z.record(
  z.string(),
  z.looseObject({ class_type: z.string().min(1), inputs: z.record(z.string(), z.unknown()) }),
);

const SHIPPED = new URL("./flux2-workflow.json", import.meta.url);
const MAX_BYTES = 4 * 2 ** 20;
const MAX_DEPTH = 50;
const ANY = new RegExp(PLACEHOLDERS.map((name) => name.replaceAll(/[.%]/g, "\\$&")).join("|"), "g");

/**
 * The operator's workflow; the one for FLUX.2 that comes with this program where `path` is null.
 * @throws QuatrainError `workflow_invalid` (422) with what to do
 */
export async function readWorkflow(path: string | null): Promise<Workflow> {
  const name = path ?? "the workflow that comes with this program";
  let text: string;
  try {
    text = await readFile(path ?? SHIPPED, "utf8");
  } catch (error) {
    throw invalid(name, `it cannot be read (${messageOf(error)})`);
  }
  return parseWorkflow(text, name);
}

/**
 * @param name for messages
 * @throws QuatrainError `workflow_invalid` (422)
 */
export function parseWorkflow(text: string, name: string): Workflow {
  if (Buffer.byteLength(text) > MAX_BYTES) throw invalid(name, `it has more than ${MAX_BYTES} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(name, `it is no JSON (${messageOf(error)})`);
  }
  if (typeof value === "object" && value !== null && "nodes" in value && "links" in value)
    throw invalid(name, 'it is a workflow of the editor; in ComfyUI choose "Export (API)"');
  const graph = Graph.safeParse(value);
  if (!graph.success || Object.keys(graph.data).length === 0)
    throw invalid(name, 'it has nodes without class_type and inputs; in ComfyUI choose "Export (API)"');
  const dead = deadLink(graph.data);
  if (dead !== null) throw invalid(name, dead);
  const found = placeholdersIn(graph.data, name);
  const missing = PLACEHOLDERS.filter((placeholder) => !found.has(placeholder));
  if (missing.includes("INPUT_IMAGE.png"))
    throw invalid(name, "none of its nodes loads INPUT_IMAGE.png, which stands for the page");
  return { graph: graph.data, missing };
}

/** The graph with every placeholder replaced, wherever it stands; what is put in is not looked at again. */
export function fillWorkflow({ graph }: Workflow, values: WorkflowValues): WorkflowGraph {
  const filled = (value: unknown): unknown => {
    if (typeof value === "string") return filledText(value, values);
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
  };
  return filled(graph) as WorkflowGraph;
}

function filledText(text: string, values: WorkflowValues): string | number {
  const whole = PLACEHOLDERS.find((placeholder) => placeholder === text);
  return whole === undefined
    ? text.replaceAll(ANY, (placeholder) => String(values[placeholder as Placeholder]))
    : values[whole];
}

/** The first link to a node that is not there, in words. A link is `["node", slot]`, as ComfyUI tells it apart. */
function deadLink(graph: WorkflowGraph): string | null {
  for (const [id, { inputs }] of Object.entries(graph))
    for (const [input, value] of Object.entries(inputs))
      if (isLink(value) && !Object.hasOwn(graph, value[0]))
        return `node ${id} takes ${JSON.stringify(input)} from node ${value[0]}, which is not there`;
  return null;
}

/** Whether an input is the output of another node. */
export function isLink(value: unknown): value is readonly [string, number] {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && typeof value[1] === "number"
  );
}

function placeholdersIn(graph: WorkflowGraph, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) throw invalid(name, `it is nested more than ${MAX_DEPTH} levels deep`);
    if (typeof value === "string") for (const [placeholder] of value.matchAll(ANY)) found.add(placeholder);
    else if (typeof value === "object" && value !== null)
      for (const inner of Object.values(value)) look(inner, depth + 1);
  };
  look(graph, 0);
  return found;
}

function invalid(name: string, fault: string) {
  return userError("workflow_invalid", 422, `The ComfyUI workflow ${name} cannot be used: ${fault}.`);
}
