import { createHash } from "node:crypto";
import { preprocess } from "../../../algorithms/image/augmentation/preprocess.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { float32, type GraphModel } from "../../../graph/index.ts";
import { type NumericRuntime, outputOf, type RunOptions } from "../../../ml/runtime/numeric-runtime.ts";
import { type Checkpoint, type CheckpointFacts, predictionWeights } from "./checkpoint.ts";
import { decodeCheckpoint } from "./checkpoint-file.ts";
import { choiceOf, openModel } from "./models/open-model.ts";

/** A checkpoint in a store. */
export interface StoredCheckpoint {
  /** SHA-256 of the file, hex. */
  readonly sha256: string;
  /** Its bytes; not asked for when the checkpoint was used just before. */
  read(): Promise<Uint8Array>;
  /** Set where the bytes are an ONNX file already (`images` in, `probabilities` out), of a trainer elsewhere. */
  readonly onnxFacts?: CheckpointFacts;
}

/** What a checkpoint's model says of pictures. */
export interface Prediction {
  readonly facts: CheckpointFacts;
  /** Per picture one number per class, in the order of the classes; they sum to 1. */
  readonly probabilities: readonly Float32Array[];
}

/** Uses trained models in the server. */
export interface Predictor {
  /**
   * Pictures are prepared as at validation and run one by one.
   * @throws QuatrainError `checkpoint_unreadable` (422), and as `NumericRuntime.run`
   */
  predict(
    checkpoint: StoredCheckpoint,
    pictures: readonly Picture[],
    options?: Pick<RunOptions, "signal">,
  ): Promise<Prediction>;
}

interface ReadyModel {
  readonly facts: CheckpointFacts;
  readonly model: GraphModel;
}

/** Checkpoints that are kept ready; each takes as much memory as its weights. */
const MOST_MODELS = 4;

/** Keeps the models that were used last, as ONNX files with their weights, and runs them outside the event loop. */
export function openPredictor(runtime: NumericRuntime): Predictor {
  const models = new Map<string, Promise<ReadyModel>>();

  function modelOf(checkpoint: StoredCheckpoint): Promise<ReadyModel> {
    const { sha256 } = checkpoint;
    const found =
      models.get(sha256) ?? checkpoint.read().then((bytes) => readyModel(bytes, checkpoint.onnxFacts));
    // Behind all others: the first is the one that was not used for longest.
    models.delete(sha256);
    models.set(sha256, found);
    found.catch(() => models.delete(sha256));
    const [oldest] = models.keys();
    if (models.size > MOST_MODELS && oldest !== undefined) models.delete(oldest);
    return found;
  }

  return {
    async predict(checkpoint, pictures, options) {
      const { facts, model } = await modelOf(checkpoint);
      const { imageSize: side } = facts.preprocessing;
      const probabilities: Float32Array[] = [];
      for (const picture of pictures) {
        const images = float32([1, 3, side, side], preprocess(picture, facts.preprocessing));
        const outputs = await runtime.run(model, { images }, { ...options, transferFeeds: true });
        probabilities.push(outputOf(outputs, "probabilities", "float32").data);
      }
      return { facts, probabilities };
    },
  };
}

/**
 * The ONNX file of a checkpoint: it stands alone, with class names and preprocessing in its metadata.
 * @throws QuatrainError `checkpoint_unreadable` (422)
 */
export async function exportCheckpoint(bytes: Uint8Array): Promise<Uint8Array> {
  return onnxOf(await decodeCheckpoint(bytes));
}

function onnxOf(checkpoint: Checkpoint): Uint8Array {
  const { facts } = checkpoint;
  const definition = openModel(
    choiceOf({ ...facts, numClasses: facts.classes.length, freezeBackbone: facts.frozen }),
  );
  return definition.exportOnnx(predictionWeights(checkpoint), facts);
}

async function readyModel(bytes: Uint8Array, onnxFacts?: CheckpointFacts): Promise<ReadyModel> {
  if (onnxFacts !== undefined) return ready(onnxFacts, bytes);
  const checkpoint = await decodeCheckpoint(bytes);
  return ready(checkpoint.facts, onnxOf(checkpoint));
}

function ready(facts: CheckpointFacts, onnx: Uint8Array): ReadyModel {
  const { imageSize: side } = facts.preprocessing;
  const answers = { type: "float32", shape: [1, facts.classes.length] } as const;
  return {
    facts,
    model: {
      name: `${facts.framework}-${facts.modelName}`,
      bytes: onnx,
      inputs: [{ name: "images", type: "float32", shape: [1, 3, side, side] }],
      outputs: [
        { name: "logits", ...answers },
        { name: "probabilities", ...answers },
      ],
      hash: createHash("sha256").update(onnx).digest("hex"),
    },
  };
}
