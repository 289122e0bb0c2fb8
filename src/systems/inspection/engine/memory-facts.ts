import { DETAILS, type Detail, type FitSettings, type MemoryModel } from "./port.ts";

/** What every memory file says in words. */
export type MemoryFacts = Omit<MemoryModel, "coresetSize">;

/** Texts by name: a safetensors file's metadata. */
export type Metadata = Readonly<Record<string, string>>;

const FORMAT = "quatrain-memory";
/** 2: its settings have a detail; 3: it has other grids than all that its backbone knew. Older servers refuse them. */
const VERSIONS = ["1", "2", "3"];

/**
 * A memory's facts as safetensors metadata: texts only.
 * @param own what its engine adds
 * @param isNew whether a server that knows versions 1 and 2 would misread it
 */
export function writeFacts(memory: MemoryModel, own: Metadata, isNew = false): Record<string, string> {
  const { engineId, settings, tokenShape, embeddingCount, sources } = memory;
  return {
    ...own,
    format: FORMAT,
    version: isNew ? "3" : (settings.detail ?? 1) > 1 ? "2" : "1",
    engineId,
    settings: JSON.stringify(settings, Object.keys(settings).sort()),
    tokenShape: JSON.stringify(tokenShape),
    embeddingCount: String(embeddingCount),
    sources: JSON.stringify(sources),
  };
}

/** One text. @throws RangeError when it is missing */
export function factOf(metadata: Metadata, name: string): string {
  const text = metadata[name];
  if (text === undefined) throw new RangeError(`the fact "${name}" is missing`);
  return text;
}

/** @throws an Error that says which fact is missing or unsound. */
export function readFacts(metadata: Metadata): MemoryFacts {
  const fact = (name: string) => factOf(metadata, name);
  if (fact("format") !== FORMAT) throw new RangeError(`the format is "${fact("format")}"`);
  if (!VERSIONS.includes(fact("version"))) throw new RangeError(`version ${fact("version")} is not known`);
  const embeddingCount = Number(fact("embeddingCount"));
  if (!isCount(embeddingCount)) throw new RangeError("embeddingCount is no count");
  return {
    engineId: fact("engineId"),
    settings: readSettings(JSON.parse(fact("settings"))),
    tokenShape: pair(fact("tokenShape")),
    embeddingCount,
    sources: textsOf(fact("sources"), "sources"),
  };
}

function readSettings(value: unknown): FitSettings {
  const settings = value as Partial<Record<keyof FitSettings, unknown>> | null;
  const { engineId, coresetRate, keepEverything, ridge, pixelPercentile, seed, detail } = settings ?? {};
  if (
    typeof engineId !== "string" ||
    typeof coresetRate !== "number" ||
    typeof keepEverything !== "boolean" ||
    typeof ridge !== "boolean" ||
    typeof pixelPercentile !== "number" ||
    !(pixelPercentile >= 0 && pixelPercentile <= 100) ||
    typeof seed !== "number" ||
    !(detail === undefined || isDetail(detail))
  )
    throw new RangeError("the settings are unsound");
  const known = { engineId, coresetRate, keepEverything, ridge, pixelPercentile, seed };
  return detail === undefined ? known : { ...known, detail };
}

function isDetail(value: unknown): value is Detail {
  return DETAILS.some((detail) => detail === value);
}

/** A JSON list of texts. @throws RangeError for anything else */
export function textsOf(json: string, what: string): string[] {
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
