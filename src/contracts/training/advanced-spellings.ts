/*
 * Other spellings of the same settings, as the documents and clients have them: torch's names in lower case, a number
 * in the place of a switch, a switch with its parameters inside. Source: spec/training.md sections 2 and 5.
 */

type Settings = Record<string, unknown>;

/** What stands for what within one group. */
interface Spellings {
  /** Other name -> name. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Switches: the setting that a number in their place is for, and the settings that an object's keys are for. */
  readonly switches?: Readonly<Record<string, SwitchSpelling>>;
}

interface SwitchSpelling {
  readonly number?: string;
  readonly keys?: Readonly<Record<string, string>>;
}

const GROUPS: Readonly<Record<string, Spellings>> = {
  scheduler: { renamed: { t_max: "T_max", t_0: "T_0", t_mult: "T_mult" } },
  augmentation: {
    renamed: { random_erasing_prob: "erasing_prob", random_grayscale_prob: "grayscale_prob" },
    switches: {
      random_flip: { number: "random_flip_prob" },
      random_rotation: { number: "rotation_degrees" },
      random_crop: { keys: { scale: "crop_scale", ratio: "crop_ratio" } },
      color_jitter: {
        keys: { brightness: "brightness", contrast: "contrast", saturation: "saturation", hue: "hue" },
      },
      random_erasing: { number: "erasing_prob" },
      random_grayscale: { number: "grayscale_prob" },
      mixup: { number: "mixup_alpha" },
      cutmix: { number: "cutmix_alpha" },
    },
  },
  validation: {
    switches: {
      early_stopping: {
        keys: { patience: "early_stopping_patience", min_delta: "early_stopping_min_delta" },
      },
    },
  },
};

/** Decay that `ema: true` stands for. */
const EMA_DECAY = 0.999;

type Path = readonly PropertyKey[];

/** Settings under one name each. */
export interface Respelled {
  readonly settings: unknown;
  /** Dotted names that were spelled otherwise -> where the client wrote them. */
  readonly origins: ReadonlyMap<string, Path>;
  /** What is given twice and differs. */
  readonly faults: readonly { readonly path: Path; readonly message: string }[];
}

/** The same settings with one name each. The input is left as it is; what is no object passes through. */
export function respell(given: unknown): Respelled {
  const speller = new Speller();
  return { settings: speller.respelled(given), origins: speller.origins, faults: speller.faults };
}

class Speller {
  readonly origins = new Map<string, Path>();
  readonly faults: { readonly path: Path; readonly message: string }[] = [];

  respelled(given: unknown): unknown {
    if (!isObject(given)) return given;
    const settings: Settings = { ...given };
    for (const [name, spellings] of Object.entries(GROUPS)) {
      const group = own(settings, name);
      if (isObject(group)) settings[name] = this.#group(name, group, spellings);
    }
    return this.#average(settings);
  }

  #group(groupName: string, given: Settings, { renamed = {}, switches = {} }: Spellings): Settings {
    const group = { ...given };
    for (const [other, name] of Object.entries(renamed)) {
      if (!Object.hasOwn(group, other)) continue;
      const value = group[other];
      delete group[other];
      this.#set(group, [groupName, name], value, [groupName, other]);
    }
    for (const [name, spelling] of Object.entries(switches)) {
      const value = own(group, name);
      if (spelling.number !== undefined && typeof value === "number") {
        group[name] = value !== 0;
        if (value !== 0) this.#set(group, [groupName, spelling.number], value, [groupName, name]);
      } else if (spelling.keys !== undefined && isObject(value)) {
        const { enabled = true, ...parameters } = value;
        group[name] = enabled;
        for (const [key, parameter] of Object.entries(parameters)) {
          const target = own(spelling.keys, key) ?? `${name}.${key}`;
          this.#set(group, [groupName, String(target)], parameter, [groupName, name, key]);
        }
      }
    }
    return group;
  }

  /** `ema` is a switch or a decay; it becomes `ema_decay`. */
  #average(settings: Settings): Settings {
    if (!Object.hasOwn(settings, "ema")) return settings;
    const { ema, ...others } = settings;
    const hasDecay = others.ema_decay !== undefined && others.ema_decay !== null;
    if (ema === null || ema === undefined || (ema === true && hasDecay)) return others;
    const decay = ema === true ? EMA_DECAY : ema === false ? 0 : ema;
    this.#set(others, ["ema_decay"], decay, ["ema"]);
    return others;
  }

  #set(group: Settings, path: readonly string[], value: unknown, origin: Path): void {
    const name = path.at(-1) as string;
    const before = own(group, name);
    if (before === undefined || before === null) {
      group[name] = value;
      this.origins.set(path.join("."), origin);
    } else if (value !== undefined && value !== null && !isSame(before, value)) {
      const message = `Input should be given once: ${origin.join(".")} says something else`;
      this.faults.push({ path, message });
    }
  }
}

/** Of numbers, texts and lists of them: nothing that is worth a descent. */
function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, at) => item === other[at]);
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function isObject(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
