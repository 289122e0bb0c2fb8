import { EMBEDDED_ENGINES } from "../../backbones/embedded-engines.ts";
import { KNOWN_WEIGHTS } from "./catalogue.ts";
import { findInstalled, type WeightsRecord } from "./weights-folder.ts";

/** An engine that comes along, or weights that can be installed. */
export interface KnownModel {
  readonly id: string;
  /** A shorter name; null for engines that come along. */
  readonly alias: string | null;
  readonly system: string;
  readonly description: string;
  readonly isInstalled: boolean;
  /** Needs no weights. */
  readonly isBuiltIn: boolean;
  /** Of the installed weights. */
  readonly bytes: number | null;
  readonly path: string | null;
  /** Null for weights that were put there by hand. */
  readonly record: WeightsRecord | null;
}

/** All engines and weights, with what is installed in a folder. */
export async function listModels(weightsDir: string): Promise<readonly KnownModel[]> {
  const none = { bytes: null, path: null, record: null };
  const engines = EMBEDDED_ENGINES.map((engine) => ({
    ...engine,
    ...none,
    alias: null,
    isInstalled: true,
    isBuiltIn: true,
  }));
  const weights = KNOWN_WEIGHTS.map(async ({ id, alias, system, description }) => {
    const found = await findInstalled(weightsDir, id);
    const facts = { id, alias, system, description, isInstalled: found !== null, isBuiltIn: false };
    return { ...facts, ...(found ?? none) };
  });
  return [...engines, ...(await Promise.all(weights))];
}
