/** An engine that needs no weights and no download. */
export interface EmbeddedEngine {
  readonly id: string;
  readonly system: string;
  readonly description: string;
}

export const EMBEDDED_ENGINES: readonly EmbeddedEngine[] = [
  {
    id: "fb98",
    system: "inspection",
    description: "98 fixed filters on two grids, and line detectors: the default",
  },
  {
    id: "fb98-fast",
    system: "inspection",
    description: "the same filters on one grid: for lines that need speed",
  },
];
