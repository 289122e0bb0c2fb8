/** A setting as the server's schema describes it. */
export interface SettingField {
  /** Dotted, inside `advanced_config`. */
  readonly name: string;
  readonly group: string;
  readonly type: "number" | "integer" | "boolean" | "select" | "multiselect" | "range" | "list";
  readonly label: string;
  readonly description: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly honoured: boolean;
  readonly engine_note?: string;
  readonly depends_on?: {
    readonly name: string;
    readonly equals: string | boolean | readonly (string | boolean)[];
  };
}

/** What was typed, by the settings' names; what is not given is not in it, or blank. */
export type Typed = Readonly<Record<string, string>>;

/** What a typed text means. A text that means nothing is sent as it is: the server says what is wrong with it. */
export function settingOf({ type }: Pick<SettingField, "type">, text: string): unknown {
  if (type === "boolean") return text === "true";
  if (type === "number" || type === "integer") return numberOrText(text);
  if (type === "range" || type === "list") return partsOf(text).map(numberOrText);
  return type === "multiselect" ? partsOf(text) : text;
}

/** The typed settings as `advanced_config`, with the preset that they are given beside. */
export function advancedConfig(
  fields: readonly SettingField[],
  typed: Typed,
  preset: string,
): Readonly<Record<string, unknown>> {
  const config: Record<string, unknown> = preset === "" ? {} : { preset };
  for (const field of fields) {
    const text = typed[field.name]?.trim() ?? "";
    if (text === "") continue;
    const path = field.name.split(".");
    const last = path.pop() as string;
    let place = config;
    for (const part of path) {
      place[part] ??= {};
      place = place[part] as Record<string, unknown>;
    }
    place[last] = settingOf(field, text);
  }
  return config;
}

/** The value at a dotted name; undefined where there is none. */
export function settingAt(settings: unknown, name: string): unknown {
  let value = settings;
  for (const part of name.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Whether a setting does anything as the others stand, `effective` being what the server made of them. */
export function isInUse({ depends_on: on }: SettingField, typed: Typed, effective: unknown): boolean {
  if (on === undefined) return true;
  const text = typed[on.name]?.trim() ?? "";
  const value = text === "" ? settingAt(effective, on.name) : text;
  return [on.equals].flat().some((wanted) => String(wanted) === String(value));
}

function partsOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function numberOrText(text: string): number | string {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? text : number;
}
