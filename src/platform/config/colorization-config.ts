import { resolve } from "node:path";
import type { Secret } from "./secret.ts";
import type { SettingValues } from "./settings.ts";

const BFL_URL = "https://api.bfl.ai";

/** What colorization is given. */
export interface ColorizationConfig {
  readonly dir: string | null;
  readonly corsOrigins: readonly string[];
  /** Asked for when something is written; null: nobody is asked. */
  readonly token: Secret | null;
  readonly protectReads: boolean;
  /** Pages that are worked on side by side. */
  readonly threads: number;
  /** Folders that client paths may name, besides its own. */
  readonly roots: readonly string[];
  readonly comfyui: {
    readonly url: string;
    /** Null: the workflow that comes along. */
    readonly workflowPath: string | null;
    readonly timeoutMs: number;
  } | null;
  readonly bfl: { readonly key: Secret; readonly url: string } | null;
}

export function toColorizationConfig(values: SettingValues): ColorizationConfig {
  const url = values.QUATRAIN_COMFYUI_URL;
  return {
    dir: values.QUATRAIN_COLORIZATION_DIR === null ? null : resolve(values.QUATRAIN_COLORIZATION_DIR),
    corsOrigins: values.COLORIZATION_CORS_ORIGINS,
    token: values.MANGA_FLUX_API_TOKEN,
    protectReads: values.MANGA_FLUX_PROTECT_READS,
    threads: values.QUATRAIN_COLORIZATION_THREADS,
    roots: values.QUATRAIN_ROOTS,
    comfyui:
      url === null
        ? null
        : {
            url: url.reveal().replace(/\/+$/, ""),
            workflowPath: values.QUATRAIN_COMFYUI_WORKFLOW,
            timeoutMs: values.QUATRAIN_COMFYUI_TIMEOUT * 1_000,
          },
    bfl:
      values.QUATRAIN_BFL_KEY === null
        ? null
        : { key: values.QUATRAIN_BFL_KEY, url: values.QUATRAIN_BFL_URL?.reveal() ?? BFL_URL },
  };
}
