import type { Typed } from "./settings.ts";

/** What a person typed for a new job, all of it as text. */
export interface JobWish {
  readonly dataset: string;
  /** `framework/model`. */
  readonly model: string;
  readonly name: string;
  readonly tags: string;
  readonly notes: string;
  readonly epochs: string;
  readonly batchSize: string;
  readonly learningRate: string;
  readonly preset: string;
  readonly settings: Typed;
}

/** What every job is made of, as the server takes it; a text that is no number is sent as it is, and refused by name. */
export function basicsOf(wish: JobWish) {
  const [framework = "", ...model] = wish.model.split("/");
  return {
    framework,
    model_name: model.join("/"),
    dataset_id: wish.dataset,
    epochs: wish.epochs,
    batch_size: wish.batchSize,
    learning_rate: wish.learningRate,
  };
}

/** Tags, of a text with commas. */
export function tagsOf({ tags }: Pick<JobWish, "tags">): string[] {
  return tags
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");
}
