import { stat } from "node:fs/promises";
import type { DinoConfiguration } from "../../../../ml/backbones/dinov2/configuration.ts";
import { type LoadedTokens, loadTokens } from "../../../../ml/backbones/dinov2/load-tokens.ts";
import type { Precision } from "../../../../ml/backbones/dinov2/token-graph.ts";
import { weightsPath } from "../../../../ml/weights/store/weights-folder.ts";

interface Entry {
  /** Changes with the file. */
  readonly state: string;
  readonly tokens: Promise<LoadedTokens>;
}

/**
 * The networks whose weights lie in a folder as `timm/ID.safetensors`, made ready at the first use and anew when their
 * file changes. Each keeps as many bytes as its weights have in float32.
 */
export class Networks {
  readonly #weightsDir: string;
  readonly #side: number;
  readonly #entries = new Map<string, Entry>();

  constructor(weightsDir: string, side: number) {
    this.#weightsDir = weightsDir;
    this.#side = side;
  }

  /** Whether the weights are there; they are looked at when they are used. */
  async isInstalled(configuration: DinoConfiguration): Promise<boolean> {
    return (await this.#stateOf(configuration)) !== null;
  }

  /** Null without weights. @throws QuatrainError `weights_unreadable`, `weights_do_not_fit` (422) */
  async find(configuration: DinoConfiguration, precision: Precision): Promise<LoadedTokens | null> {
    const key = `${configuration.id} ${precision}`;
    const state = await this.#stateOf(configuration);
    if (state === null) {
      this.#entries.delete(key);
      return null;
    }
    const known = this.#entries.get(key);
    if (known?.state === state) return known.tokens;
    const path = weightsPath(this.#weightsDir, configuration.id);
    const entry = { state, tokens: loadTokens({ path, configuration, precision, side: this.#side }) };
    this.#entries.set(key, entry);
    try {
      return await entry.tokens;
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      throw error;
    }
  }

  async #stateOf(configuration: DinoConfiguration): Promise<string | null> {
    const file = await stat(weightsPath(this.#weightsDir, configuration.id)).catch(() => null);
    return file?.isFile() ? `${file.ino} ${file.size} ${file.mtimeMs}` : null;
  }
}
