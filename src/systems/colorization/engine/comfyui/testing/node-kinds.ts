/** What a node takes and gives, by type; in capitals what only another node can give. */
interface NodeKind {
  readonly required: Readonly<Record<string, string>>;
  readonly optional?: Readonly<Record<string, string>>;
  readonly outputs: readonly string[];
  readonly isOutput?: true;
}

/**
 * Nodes of ComfyUI, written down from its source: `nodes.py`, `comfy_extras/nodes_flux.py`, `nodes_custom_sampler.py`,
 * `nodes_edit_model.py`, `nodes_images.py`, `nodes_post_processing.py`.
 */
const KINDS: Readonly<Record<string, NodeKind>> = {
  UNETLoader: { required: { unet_name: "text", weight_dtype: "text" }, outputs: ["MODEL"] },
  CLIPLoader: {
    required: { clip_name: "text", type: "text" },
    optional: { device: "text" },
    outputs: ["CLIP"],
  },
  VAELoader: { required: { vae_name: "text" }, outputs: ["VAE"] },
  LoadImage: { required: { image: "upload" }, outputs: ["IMAGE", "MASK"] },
  ImageScaleToTotalPixels: {
    required: { image: "IMAGE", upscale_method: "text", megapixels: "number", resolution_steps: "number" },
    outputs: ["IMAGE"],
  },
  GetImageSize: { required: { image: "IMAGE" }, outputs: ["INT", "INT", "INT"] },
  VAEEncode: { required: { pixels: "IMAGE", vae: "VAE" }, outputs: ["LATENT"] },
  VAEDecode: { required: { samples: "LATENT", vae: "VAE" }, outputs: ["IMAGE"] },
  CLIPTextEncode: { required: { text: "text", clip: "CLIP" }, outputs: ["CONDITIONING"] },
  FluxGuidance: { required: { conditioning: "CONDITIONING", guidance: "number" }, outputs: ["CONDITIONING"] },
  ReferenceLatent: {
    required: { conditioning: "CONDITIONING" },
    optional: { latent: "LATENT" },
    outputs: ["CONDITIONING"],
  },
  BasicGuider: { required: { model: "MODEL", conditioning: "CONDITIONING" }, outputs: ["GUIDER"] },
  RandomNoise: { required: { noise_seed: "number" }, outputs: ["NOISE"] },
  KSamplerSelect: { required: { sampler_name: "text" }, outputs: ["SAMPLER"] },
  Flux2Scheduler: { required: { steps: "number", width: "INT", height: "INT" }, outputs: ["SIGMAS"] },
  EmptyFlux2LatentImage: {
    required: { width: "INT", height: "INT", batch_size: "number" },
    outputs: ["LATENT"],
  },
  SamplerCustomAdvanced: {
    required: {
      noise: "NOISE",
      guider: "GUIDER",
      sampler: "SAMPLER",
      sigmas: "SIGMAS",
      latent_image: "LATENT",
    },
    outputs: ["LATENT", "LATENT"],
  },
  SaveImage: { required: { images: "IMAGE", filename_prefix: "text" }, outputs: [], isOutput: true },
};

interface GraphFault {
  readonly type: string;
  readonly message: string;
  readonly details: string;
}

/** What ComfyUI refuses a prompt with. */
export interface GraphRefusal {
  readonly error: GraphFault;
  readonly node_errors: Readonly<
    Record<string, { readonly errors: readonly GraphFault[]; readonly class_type: string }>
  >;
}

type Graph = Readonly<
  Record<string, { readonly class_type: string; readonly inputs: Record<string, unknown> }>
>;

/**
 * Checks a graph as ComfyUI does before it queues it: known types, required inputs, links to nodes that exist and give
 * what is taken, pictures that were uploaded. Null where all is well.
 */
export function checkGraph(graph: Graph, uploads: ReadonlySet<string>): GraphRefusal | null {
  const unknown = Object.entries(graph).find(([, { class_type: type }]) => KINDS[type] === undefined);
  if (unknown !== undefined)
    return refused({
      type: "invalid_prompt",
      message: `Cannot execute because node ${unknown[1].class_type} does not exist.`,
      details: `Node ID '#${unknown[0]}'`,
    });
  if (!Object.values(graph).some(({ class_type: type }) => KINDS[type]?.isOutput))
    return refused({ type: "prompt_no_outputs", message: "Prompt has no outputs", details: "" });
  const faulty = Object.entries(graph).flatMap(([id, node]) => {
    const errors = faultsOf(node, graph, uploads);
    return errors.length === 0 ? [] : [[id, { errors, class_type: node.class_type }] as const];
  });
  if (faulty.length === 0) return null;
  const error = {
    type: "prompt_outputs_failed_validation",
    message: "Prompt outputs failed validation",
    details: "",
  };
  return { error, node_errors: Object.fromEntries(faulty) };
}

function refused(error: GraphFault): GraphRefusal {
  return { error, node_errors: {} };
}

function faultsOf(node: Graph[string], graph: Graph, uploads: ReadonlySet<string>): GraphFault[] {
  const kind = KINDS[node.class_type];
  if (kind === undefined) return [];
  const missing = Object.keys(kind.required).filter((input) => node.inputs[input] === undefined);
  const given = Object.entries({ ...kind.required, ...kind.optional }).flatMap(([input, type]) => {
    const value = node.inputs[input];
    const details = value === undefined ? null : inputFault(value, type, graph, uploads);
    return details === null
      ? []
      : [{ type: "bad_input", message: "Value not valid", details: `${input}: ${details}` }];
  });
  return [
    ...missing.map((input) => ({
      type: "required_input_missing",
      message: "Required input is missing",
      details: input,
    })),
    ...given,
  ];
}

function inputFault(value: unknown, type: string, graph: Graph, uploads: ReadonlySet<string>): string | null {
  if (Array.isArray(value)) {
    const [id, slot] = value as [string, number];
    const source = graph[id];
    if (source === undefined) return `no node ${id}`;
    const output = KINDS[source.class_type]?.outputs[slot];
    return output === type ? null : `${type} wanted, ${output ?? "nothing"} given by ${id}[${slot}]`;
  }
  if (type === "upload") return uploads.has(String(value)) ? null : `Invalid image file: ${value}`;
  const wanted = type === "INT" ? "number" : type;
  if (wanted === "number") return typeof value === "number" ? null : `${JSON.stringify(value)} is no number`;
  return wanted === "text" && typeof value === "string" ? null : `${type} wanted`;
}
