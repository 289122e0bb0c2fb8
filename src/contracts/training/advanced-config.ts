import { z } from "zod";
import { finiteNumber, truth, wholeNumber } from "../fields.ts";
import { respell } from "./advanced-spellings.ts";

/*
 * `advanced_config` of a training job: every knob, its bounds and what it means.
 * Source: contracts/training.md "POST /api/v1/training/jobs"; spec/training.md sections 2 and 5.
 * Numbers may come as text. Null says "not given". Unknown keys are kept, for the system to warn of.
 */

const MOST_MILESTONES = 100;
const MOST_METRICS = 20;
const MOST_CLASSES = 100_000;
const LARGEST_CLASS_WEIGHT = 1e6;

const said = <Schema extends z.ZodType>(schema: Schema, description: string): Schema =>
  schema.meta({ ...schema.meta(), description }) as Schema;

const number = (min: number, max: number, text: string) => said(finiteNumber({ min, max }), text);
const whole = (min: number, max: number, text: string) => said(wholeNumber({ min, max }), text);
const flag = (text: string) => said(truth(), text);

const choice = <const Words extends readonly [string, ...string[]]>(words: Words, text: string) =>
  z.enum(words, `Input should be one of ${words.join(", ")}`).meta({ type: "string", description: text });

/** A list that is refused by its length before anybody looks at its items. */
const list = <Item extends z.ZodType>(item: Item, least: number, most: number) => {
  const length = least === most ? `exactly ${most}` : `${least} to ${most}`;
  return z
    .custom<z.input<Item>[]>(
      (value) => Array.isArray(value) && value.length >= least && value.length <= most,
      `Input should be a list of ${length} items`,
    )
    .pipe(z.array(item));
};

const pair = (min: number, max: number, text: string) =>
  list(finiteNumber({ min, max }), 2, 2)
    .transform(([first, second]) => [first, second] as [number, number])
    .meta({ type: "array", minimum: min, maximum: max, description: text });

/** Two numbers, the smaller one first. */
const range = (min: number, max: number, text: string) =>
  list(finiteNumber({ min, max }), 2, 2)
    .transform(([low, high]) => [low, high] as [number, number])
    .refine(([low, high]) => low <= high, "Input should be two numbers, the smaller one first")
    .meta({ type: "array", minimum: min, maximum: max, description: text });

const perChannel = (min: number, max: number, text: string) =>
  list(finiteNumber({ min, max }), 3, 3)
    .transform((items) => items as [number, number, number])
    .meta({ type: "array", minimum: min, maximum: max, description: text });

const ClassWeight = finiteNumber({ min: 0, max: LARGEST_CLASS_WEIGHT });
const WEIGHTS_FAULT =
  "Input should be balanced, none, an object of class names and weights, or a list of weights";

/** `balanced`, `none`, weights by class name or in the order of the classes. */
const classWeights = z
  .unknown()
  .transform((value, context): "balanced" | "none" | Record<string, number> | number[] => {
    if (value === "balanced" || value === "none") return value;
    if (typeof value !== "object" || value === null) return refuse(context, value, WEIGHTS_FAULT);
    const weights: [string, number][] = [];
    for (const [name, given] of Object.entries(value)) {
      const weight = ClassWeight.safeParse(given);
      if (!weight.success)
        return refuse(
          context,
          value,
          `Weight of ${JSON.stringify(name.slice(0, 60))}: ${weight.error.issues[0]?.message}`,
        );
      weights.push([name, weight.data]);
    }
    if (weights.length > MOST_CLASSES) return refuse(context, value, "Input has too many classes");
    return Array.isArray(value) ? weights.map(([, weight]) => weight) : Object.fromEntries(weights);
  })
  .meta({
    description:
      "Weights of the classes in the loss: balanced (samples / (classes * samples of the class)), an object of class " +
      "names and weights (1 where a class is not named), a list in the order of the classes, or none",
    anyOf: [
      { type: "string", enum: ["balanced", "none"] },
      { type: "object", additionalProperties: { type: "number" } },
      { type: "array", items: { type: "number" } },
    ],
  });

function refuse(context: z.core.$RefinementCtx, input: unknown, message: string) {
  context.issues.push({ code: "custom", message, input });
  return z.NEVER;
}

/** Knobs by group; `settings` are those without a group. */
export const ADVANCED_FIELDS = {
  settings: {
    preset: choice(
      ["basic", "standard", "aggressive", "fine_tuning"],
      "Named settings to begin with; what is given beside it wins",
    ),
    mixed_precision: flag("Compute in 16-bit floats where that is safe: faster on GPUs"),
    gradient_clip_value: number(0, 1e6, "Largest norm of all gradients together; 0 or null: off"),
    gradient_accumulation_steps: whole(1, 256, "Batches whose gradients are averaged before one update"),
    checkpoint_interval: whole(
      0,
      1_000,
      "Epochs between two checkpoints that are kept beside the last and the best; 0 or null: none",
    ),
    keep_n_checkpoints: whole(0, 1_000, "How many of the checkpoints of checkpoint_interval are kept"),
    seed: whole(0, 4_294_967_295, "Seed of everything random: weights, order, augmentation"),
    class_weights: classWeights,
    balanced_sampler: flag("Draw every class equally often, with replacement, whatever its size"),
    label_smoothing: number(0, 0.9, "Share of the target that is spread over all classes"),
    ema_decay: number(
      0,
      0.999999,
      "Decay of a moving average of the weights, which is validated and exported; 0 or null: off. " +
        "`ema: true` stands for 0.999",
    ),
    freeze_backbone: flag("Train the classification head only"),
    pretrained: flag("Begin with stored weights of this architecture where the server has some"),
    max_restarts: whole(0, 100, "How often a job that lost its process is begun again"),
  },
  optimizer: {
    type: choice(["adam", "adamw", "sgd", "rmsprop", "adagrad"], "Optimization algorithm"),
    learning_rate: number(1e-6, 1, "Initial learning rate; wins over the job's own learning_rate"),
    weight_decay: number(0, 10, "Decay of the weights (adamw: decoupled; others: added to the gradient)"),
    betas: pair(0, 0.999999, "Decay of the running averages of gradient and squared gradient"),
    eps: number(1e-16, 1, "Added to the denominator, for numerical stability"),
    amsgrad: flag("Use the largest squared average so far (Reddi et al. 2018)"),
    momentum: number(0, 0.9999, "Share of the last update that is added to the next"),
    nesterov: flag("Look ahead along the momentum; needs momentum above 0"),
    alpha: number(0, 0.999999, "Decay of the running average of the squared gradient"),
  },
  scheduler: {
    type: choice(
      [
        "none",
        "step",
        "multistep",
        "exponential",
        "cosine",
        "cosine_warm_restarts",
        "reduce_on_plateau",
        "one_cycle",
      ],
      "How the learning rate changes over the epochs",
    ),
    step_size: whole(1, 1_000, "Epochs between two reductions"),
    gamma: number(1e-6, 1, "Factor of each reduction"),
    milestones: list(wholeNumber({ min: 1, max: 1_000 }), 1, MOST_MILESTONES).meta({
      type: "array",
      minimum: 1,
      maximum: 1_000,
      description: "Epochs after the warm-up at which the learning rate is reduced; increasing",
    }),
    T_max: whole(1, 10_000, "Epochs from the initial learning rate down to eta_min"),
    eta_min: number(0, 1, "Smallest learning rate"),
    T_0: whole(1, 1_000, "Epochs until the first restart"),
    T_mult: whole(1, 100, "How many times longer each period is than the one before"),
    mode: choice(["min", "max"], "Whether the validation loss should fall (min) or rise (max)"),
    factor: number(1e-6, 0.9999, "Factor of each reduction"),
    patience: whole(0, 1_000, "Validations without improvement before the learning rate is reduced"),
    threshold: number(0, 1, "Smaller changes of the validation loss are no improvement"),
    threshold_mode: choice(
      ["rel", "abs"],
      "Whether the threshold is a share of the best loss or a difference",
    ),
    cooldown: whole(0, 1_000, "Validations after a reduction that do not count"),
    min_lr: number(0, 1, "Smallest learning rate"),
    max_lr: number(1e-6, 1, "Largest learning rate of the cycle"),
    pct_start: number(0.01, 0.99, "Share of the cycle in which the learning rate rises"),
    anneal_strategy: choice(["cos", "linear"], "Shape of the rise and of the fall"),
    div_factor: number(1, 1e6, "The cycle begins at max_lr / div_factor"),
    final_div_factor: number(1, 1e9, "The cycle ends at its beginning / final_div_factor"),
    three_phase: flag("Fall to the beginning's rate first, then to the end's"),
    cycle_momentum: flag("Move the momentum (or beta1) against the learning rate"),
    base_momentum: number(0, 0.9999, "Momentum where the learning rate is largest"),
    max_momentum: number(0, 0.9999, "Momentum where the learning rate is smallest"),
    warmup_epochs: whole(0, 999, "Epochs in which the learning rate rises to its initial value; 0: none"),
    warmup_lr: number(0, 1, "Learning rate of the first warm-up epoch"),
  },
  augmentation: {
    enabled: flag("Change training images at random; false turns all of the following off"),
    random_flip: flag("Mirror images left to right; a number stands for random_flip_prob"),
    random_flip_prob: number(0, 1, "Share of the images that are mirrored"),
    random_rotation: flag("Rotate images about their centre; a number stands for rotation_degrees"),
    rotation_degrees: number(0, 180, "Largest angle, to either side, in degrees"),
    random_crop: flag("Cut out a random part and resize it to the input"),
    crop_scale: range(0.01, 1, "Smallest and largest share of the image's area that is cut out"),
    crop_ratio: range(0.1, 10, "Smallest and largest width / height of what is cut out"),
    color_jitter: flag("Change brightness, contrast, saturation and hue"),
    brightness: number(0, 2, "Brightness is multiplied by 1 - x to 1 + x"),
    contrast: number(0, 2, "Contrast is multiplied by 1 - x to 1 + x"),
    saturation: number(0, 2, "Saturation is multiplied by 1 - x to 1 + x"),
    hue: number(0, 0.5, "Hue is turned by at most this share of the colour circle, to either side"),
    random_erasing: flag("Blank out a random rectangle; a number stands for erasing_prob"),
    erasing_prob: number(0, 1, "Share of the images with a blanked-out rectangle"),
    random_grayscale: flag("Take the colour away; a number stands for grayscale_prob"),
    grayscale_prob: number(0, 1, "Share of the images that lose their colour"),
    gaussian_blur: flag("Blur images"),
    blur_sigma: range(0.01, 10, "Smallest and largest sigma of the blur, in pixels of the input"),
    mixup: flag("Blend pairs of images and of their labels; a number stands for mixup_alpha"),
    mixup_alpha: number(0.001, 100, "Shares of the blend are drawn from Beta(alpha, alpha)"),
    cutmix: flag("Paste a box of one image into another; a number stands for cutmix_alpha"),
    cutmix_alpha: number(0.001, 100, "Sizes of the box are drawn from Beta(alpha, alpha)"),
  },
  preprocessing: {
    image_size: whole(8, 2_048, "Side of the model's square input, in pixels"),
    resize_mode: choice(["resize", "resize_crop", "pad"], "How an image is brought to a square"),
    mean: perChannel(-10, 10, "Subtracted from red, green and blue, which are 0 to 1"),
    std: perChannel(0.001, 100, "Divides red, green and blue after the mean is subtracted"),
  },
  validation: {
    val_interval: whole(1, 1_000, "Epochs between two validations; the last epoch is always validated"),
    metrics: list(z.string("Input should be a valid string").max(50), 1, MOST_METRICS).meta({
      type: "array",
      items: { type: "string" },
      description: "What is reported of each validation",
    }),
    save_best_metric: z
      .string("Input should be a valid string")
      .max(50)
      .meta({ type: "string", description: "Metric that chooses the best checkpoint and stops early" }),
    save_best_metric_mode: choice(["min", "max"], "Whether that metric should fall or rise"),
    early_stopping: flag("End the training when the metric no longer improves"),
    early_stopping_patience: whole(1, 1_000, "Validations without improvement before the training ends"),
    early_stopping_min_delta: number(0, 10, "Smaller changes of the metric are no improvement"),
  },
} as const;

type Nullish<Fields extends Readonly<Record<string, z.ZodType>>> = {
  [Name in keyof Fields]: z.ZodOptional<z.ZodNullable<Fields[Name]>>;
};

/** The same fields, each of which may be absent or null. */
function optional<Fields extends Readonly<Record<string, z.ZodType>>>(fields: Fields): Nullish<Fields> {
  const entries = Object.entries(fields).map(([name, field]) => [name, field.nullish()]);
  return Object.fromEntries(entries) as Nullish<Fields>;
}

const group = <Fields extends Readonly<Record<string, z.ZodType>>>(fields: Fields, text: string) =>
  z.looseObject(optional(fields), "Input should be an object").meta({ description: text }).nullish();

const Named = z.looseObject(
  {
    ...optional(ADVANCED_FIELDS.settings),
    optimizer: group(ADVANCED_FIELDS.optimizer, "Optimiser, with torch's parameter names"),
    scheduler: group(ADVANCED_FIELDS.scheduler, "Learning rate schedule, with torch's parameter names"),
    augmentation: group(ADVANCED_FIELDS.augmentation, "Random changes to training images"),
    preprocessing: group(ADVANCED_FIELDS.preprocessing, "How an image becomes the model's input"),
    validation: group(ADVANCED_FIELDS.validation, "Validation, best checkpoint and early stopping"),
  },
  "Input should be an object",
);

/**
 * What a client sends, in any of its spellings. The output has the names of ADVANCED_FIELDS, and the keys that nobody
 * knows; parsing it again changes nothing. A fault is reported at the setting, as the client wrote it.
 */
export const AdvancedConfig = z
  .unknown()
  .transform((given, context): z.output<typeof Named> => {
    const { settings, origins, faults } = respell(given);
    const parsed = Named.safeParse(settings);
    for (const { path, message } of [...faults, ...(parsed.error?.issues ?? [])]) {
      const names = path.filter((step) => typeof step !== "number");
      const item = path.find((step) => typeof step === "number");
      context.issues.push({
        code: "custom",
        message: item === undefined ? message : `Item ${item + 1}: ${message}`,
        input: given,
        path: [...(origins.get(names.join(".")) ?? names)],
      });
    }
    return parsed.success && faults.length === 0 ? parsed.data : z.NEVER;
  })
  .meta(z.toJSONSchema(Named, { target: "openapi-3.0", io: "input", unrepresentable: "any" }));
