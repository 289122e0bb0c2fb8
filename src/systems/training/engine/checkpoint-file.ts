import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { z } from "zod";
import {
  readSafetensors,
  type Safetensors,
  type StoredTensor,
  writeSafetensors,
} from "../../../ml/weights/safetensors.ts";
import { SafetensorsError } from "../../../ml/weights/safetensors-error.ts";
import {
  type Checkpoint,
  type CheckpointFacts,
  checkpointFacts,
  type NumbersByName,
  type ShapedNumbers,
  trainingProgress,
  unreadable,
} from "./checkpoint.ts";

/*
 * A checkpoint is one safetensors file: tensors `model/NAME`, `optimiser/SLOT` and `ema/NAME`, all float32, and in the
 * metadata `facts` and `progress` (JSON) and `sha256` over both and all tensors.
 */

const PREFIXES = { model: "model/", optimiser: "optimiser/", average: "ema/" } as const;
/** Bytes that are hashed before other work gets its turn. */
const HASH_SLICE = 8_000_000;

/** The file of a checkpoint. The same checkpoint gives the same bytes. O(size) time and memory. */
export async function encodeCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array> {
  const tensors = new Map([
    ...stored(PREFIXES.model, checkpoint.model),
    ...stored(PREFIXES.optimiser, checkpoint.optimiser),
    ...stored(PREFIXES.average, checkpoint.average),
  ]);
  const texts = { facts: JSON.stringify(checkpoint.facts), progress: JSON.stringify(checkpoint.progress) };
  const sha256 = await digest(tensors, texts);
  return writeSafetensors({ tensors, metadata: { ...texts, sha256 } });
}

/**
 * Reads a checkpoint and checks all of it. The tensors are copies. O(size), with turns for other work.
 * @throws QuatrainError `checkpoint_unreadable` (422)
 */
export async function decodeCheckpoint(bytes: Uint8Array): Promise<Checkpoint> {
  const { tensors, metadata } = parse(bytes);
  const { facts = "", progress = "", sha256 } = metadata;
  if (sha256 !== (await digest(tensors, { facts, progress })))
    throw unreadable("it is damaged (its checksum differs)");
  return {
    facts: checkedJson(facts, checkpointFacts),
    progress: checkedJson(progress, trainingProgress),
    model: numbersOf(PREFIXES.model, tensors),
    optimiser: numbersOf(PREFIXES.optimiser, tensors),
    average: numbersOf(PREFIXES.average, tensors),
  };
}

/**
 * What a checkpoint says of itself, without looking at its numbers: O(header).
 * @throws QuatrainError `checkpoint_unreadable` (422)
 */
export function readCheckpointFacts(bytes: Uint8Array): CheckpointFacts {
  return checkedJson(parse(bytes).metadata.facts ?? "", checkpointFacts);
}

/** Whether a file claims to be a checkpoint of ours, rather than somebody's weights or anything else. */
export function isCheckpoint(bytes: Uint8Array): boolean {
  try {
    return hasProgress(readSafetensors(bytes));
  } catch (error) {
    if (error instanceof SafetensorsError) return false;
    throw error;
  }
}

function hasProgress({ metadata }: Safetensors): boolean {
  return metadata.facts !== undefined && metadata.progress !== undefined;
}

function parse(bytes: Uint8Array): Safetensors {
  let file: Safetensors;
  try {
    file = readSafetensors(bytes);
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    throw unreadable(`it is damaged (${error.message})`);
  }
  if (!hasProgress(file)) throw unreadable("it is no checkpoint of Quatrain");
  return file;
}

function checkedJson<T>(text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable("its description is no JSON");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw unreadable(
    `this version of Quatrain does not understand its ${parsed.error.issues[0]?.path.join(".")}`,
  );
}

function* stored(prefix: string, numbers: NumbersByName): Generator<[string, StoredTensor]> {
  for (const [name, { shape, data }] of numbers)
    yield [
      prefix + name,
      { type: "F32", shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) },
    ];
}

function numbersOf(prefix: string, tensors: Safetensors["tensors"]): NumbersByName {
  const chosen = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(chosen.map(([name, tensor]) => [name.slice(prefix.length), shaped(name, tensor)]));
}

function shaped(name: string, { type, shape, bytes }: StoredTensor): ShapedNumbers {
  if (type !== "F32") throw unreadable(`its tensor ${name} is ${type}, not F32`);
  return { shape, data: new Float32Array(new Uint8Array(bytes).buffer) };
}

async function digest(
  tensors: Safetensors["tensors"],
  texts: { readonly facts: string; readonly progress: string },
): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(texts));
  for (const [name, { shape, bytes }] of [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([name, shape]));
    for (let at = 0; at < bytes.length; at += HASH_SLICE) {
      hash.update(bytes.subarray(at, at + HASH_SLICE));
      if (bytes.length > HASH_SLICE) await nextTurn();
    }
  }
  return hash.digest("hex");
}
