/** A setting's value as it is written in a form and in tables: lists with commas, what is not given as a dash. */
export function settingText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.map(settingText).join(", ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${settingText(inner)}`)
      .join(", ");
  return String(value);
}
