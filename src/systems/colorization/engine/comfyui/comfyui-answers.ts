import { z } from "zod";

/** Shapes of ComfyUI's answers, as far as they are read here. Source: comfyanonymous/ComfyUI, `server.py`. */

export const UploadAnswer = z.object({ name: z.string().min(1), subfolder: z.string().default("") });

export const PromptAnswer = z.object({ prompt_id: z.string().min(1) });

/** Entries are lists: number, prompt id, graph, ... */
export const QueueAnswer = z.object({
  queue_running: z.array(z.array(z.unknown())).default([]),
  queue_pending: z.array(z.array(z.unknown())).default([]),
});

const PictureFile = z.object({
  filename: z.string().min(1),
  subfolder: z.string().default(""),
  type: z.string().default("output"),
});
/** A picture that a node saved, as `/view` is asked for it. */
export type PictureFile = z.infer<typeof PictureFile>;

const HistoryEntry = z.object({
  outputs: z.record(z.string(), z.unknown()).default({}),
  status: z
    .object({
      status_str: z.string().default(""),
      messages: z.array(z.tuple([z.string(), z.unknown()]).rest(z.unknown())).default([]),
    })
    .default({ status_str: "", messages: [] }),
});

/** What became of a prompt. */
export type PromptOutcome =
  | { readonly kind: "done"; readonly pictures: readonly PictureFile[] }
  | { readonly kind: "failed"; readonly words: string }
  | { readonly kind: "interrupted" };

/**
 * What `/history` says of a prompt. Pictures of all nodes are listed, saved ones before previews; in an older ComfyUI,
 * whose history has no status, what has an entry is done.
 */
export function outcomeOf(entry: unknown): PromptOutcome {
  const parsed = HistoryEntry.safeParse(entry);
  if (!parsed.success) return { kind: "failed", words: "its history cannot be read" };
  const { outputs, status } = parsed.data;
  const messages = new Map(status.messages.map(([name, data]) => [name, data]));
  if (messages.has("execution_error"))
    return { kind: "failed", words: errorText(messages.get("execution_error")) };
  if (messages.has("execution_interrupted")) return { kind: "interrupted" };
  if (status.status_str === "error") return { kind: "failed", words: "it does not say why" };
  const pictures = Object.values(outputs).flatMap(picturesIn);
  const isSaved = ({ type }: PictureFile) => type === "output";
  return {
    kind: "done",
    pictures: [...pictures.filter(isSaved), ...pictures.filter((picture) => !isSaved(picture))],
  };
}

function picturesIn(output: unknown): PictureFile[] {
  const images = (output as { images?: unknown } | null)?.images;
  return (Array.isArray(images) ? images : []).flatMap((image) => {
    const parsed = PictureFile.safeParse(image);
    return parsed.success ? [parsed.data] : [];
  });
}

const MOST_CHARACTERS = 600;

const ExecutionError = z.object({
  exception_message: z.string().default(""),
  exception_type: z.string().default(""),
  node_id: z.union([z.string(), z.number()]).optional(),
  node_type: z.string().default(""),
});

/** An `execution_error` in words: which node, and what it said. */
export function errorText(data: unknown): string {
  const parsed = ExecutionError.safeParse(data);
  if (!parsed.success) return "it does not say why";
  const { exception_message: message, exception_type: type, node_id: id, node_type: node } = parsed.data;
  const where = node === "" && id === undefined ? "" : `node ${id ?? ""} (${node}): `;
  return `${where}${message.trim() || type || "it does not say why"}`.slice(0, MOST_CHARACTERS);
}

const Fault = z.object({ message: z.string().default(""), details: z.string().default("") });
const Refusal = z.object({
  error: z.union([z.string(), Fault]),
  node_errors: z
    .record(z.string(), z.object({ errors: z.array(Fault).default([]), class_type: z.string().default("") }))
    .or(z.array(z.unknown()))
    .default([]),
});

/** A refused prompt in words: what is wrong, node by node; null where the answer is none of ComfyUI's. */
export function refusalText(answer: unknown): string | null {
  const parsed = Refusal.safeParse(answer);
  if (!parsed.success) return null;
  const { error, node_errors: byNode } = parsed.data;
  const nodes = Array.isArray(byNode) ? [] : Object.entries(byNode);
  const faults = nodes.flatMap(([id, { class_type: type, errors }]) =>
    errors.map((fault) => `node ${id} (${type}): ${faultText(fault)}`),
  );
  const first = typeof error === "string" ? error : faultText(error);
  return [first, ...faults].join("; ").slice(0, MOST_CHARACTERS);
}

function faultText({ message, details }: z.infer<typeof Fault>): string {
  return details === "" ? message : `${message}: ${details}`;
}
