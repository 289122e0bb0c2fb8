import type { BankMemory } from "./memory.ts";
import type { FitSettings } from "./port.ts";
import { presetOf } from "./working-size.ts";

/** What a memory file says in words. */
export interface MemoryFacts extends Omit<BankMemory, "grids" | "coresetSize"> {
  readonly gridNames: readonly string[];
}

const FORMAT = "quatrain-memory";
const VERSION = "1";

/** A memory's facts as safetensors metadata: texts only. */
export function writeFacts(memory: BankMemory): Record<string, string> {
  const { engineId, settings, tokenShape, embeddingCount, sources, grids } = memory;
  return {
    format: FORMAT,
    version: VERSION,
    engineId,
    settings: JSON.stringify(settings, Object.keys(settings).sort()),
    tokenShape: JSON.stringify(tokenShape),
    embeddingCount: String(embeddingCount),
    sources: JSON.stringify(sources),
    grids: JSON.stringify(grids.map(({ name }) => name)),
  };
}

/** @throws an Error that says which fact is missing or unsound. */
export function readFacts(metadata: Readonly<Record<string, string>>): MemoryFacts {
  const fact = (name: string): string => {
    const text = metadata[name];
    if (text === undefined) throw new RangeError(`the fact "${name}" is missing`);
    return text;
  };
  if (fact("format") !== FORMAT) throw new RangeError(`the format is "${fact("format")}"`);
  if (fact("version") !== VERSION) throw new RangeError(`version ${fact("version")} is not known`);
  const gridNames = texts(fact("grids"), "grids");
  const embeddingCount = Number(fact("embeddingCount"));
  if (!isCount(embeddingCount)) throw new RangeError("embeddingCount is no count");
  if (gridNames.length === 0) throw new RangeError("there is no grid");
  return {
    engineId: presetOf(fact("engineId")).engineId,
    settings: readSettings(JSON.parse(fact("settings"))),
    tokenShape: pair(fact("tokenShape")),
    embeddingCount,
    sources: texts(fact("sources"), "sources"),
    gridNames,
  };
}

function readSettings(value: unknown): FitSettings {
  const settings = value as Partial<Record<keyof FitSettings, unknown>> | null;
  const { engineId, coresetRate, keepEverything, ridge, pixelPercentile, seed } = settings ?? {};
  if (
    typeof engineId !== "string" ||
    typeof coresetRate !== "number" ||
    typeof keepEverything !== "boolean" ||
    typeof ridge !== "boolean" ||
    typeof pixelPercentile !== "number" ||
    !(pixelPercentile >= 0 && pixelPercentile <= 100) ||
    typeof seed !== "number"
  )
    throw new RangeError("the settings are unsound");
  return { engineId: presetOf(engineId).engineId, coresetRate, keepEverything, ridge, pixelPercentile, seed };
}

function texts(json: string, what: string): string[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list) || !list.every((item) => typeof item === "string"))
    throw new RangeError(`${what} is no list of texts`);
  return list;
}

function pair(json: string): [number, number] {
  const [first, second, ...rest]: unknown[] = JSON.parse(json);
  if (!isCount(first) || !isCount(second) || rest.length > 0)
    throw new RangeError("tokenShape is no pair of sizes");
  return [first, second];
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}
