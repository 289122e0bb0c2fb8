/** Systems that have pages here, in the order of the navigation. */
export const SYSTEMS = [
  "inspection",
  "colorization",
  "training",
  "integrity",
] as const satisfies readonly SystemName[];

export type SystemName = "inspection" | "colorization" | "training" | "integrity";
