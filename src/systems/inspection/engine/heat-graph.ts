import { heatSpread } from "../../../algorithms/image/heat-spread.ts";
import type { Spread } from "../../../algorithms/image/linear-spread.ts";
import { add, float32, GraphBuilder, type GraphModel, matMul, type Value } from "../../../graph/index.ts";
import type { GridFacts } from "./embed-graph.ts";
import type { Size } from "./working-size.ts";

/** One grid of scores and how it becomes heat. */
export interface GridHeat {
  readonly name: string;
  /** Share of this grid in the heat. */
  readonly weight: number;
  /** From the grid's rows to the picture's, and from its columns. */
  readonly rows: Spread;
  readonly columns: Spread;
}

/**
 * From the scores of all grids to the heat of the picture by way of the middle scale: `NAME.scores` `[rows, columns]` ->
 * `heat` `[height, width]`.
 */
export function heatGraph(grids: readonly GridFacts[], middle: Size, { width, height }: Size): GraphModel {
  return spreadGraph(
    grids.map(({ name, weight, rows, columns }) => ({
      name,
      weight,
      rows: heatSpread(rows, middle.height, height),
      columns: heatSpread(columns, middle.width, width),
    })),
  );
}

/** The same, with how each grid is spread given: upsampling, blur and sum are linear, two matrix products per grid. */
export function spreadGraph(grids: readonly GridHeat[]): GraphModel {
  const graph = new GraphBuilder("heat");
  const constant = ({ outputs, inputs, data }: Spread) => graph.constant(float32([outputs, inputs], data));
  const parts = grids.map(({ name, weight, rows, columns }) => {
    const scores = graph.input(`${name}.scores`, "float32", [rows.inputs, columns.inputs]);
    return matMul(matMul(constant(scaled(rows, weight)), scores), constant(transposed(columns)));
  });
  graph.output("heat", sumOf(parts));
  return graph.build();
}

function sumOf([first, ...rest]: readonly Value[]): Value {
  if (first === undefined) throw new RangeError("expected at least one grid");
  return rest.reduce(add, first);
}

function scaled({ outputs, inputs, data }: Spread, factor: number): Spread {
  return { outputs, inputs, data: data.map((value) => factor * value) };
}

function transposed({ outputs, inputs, data }: Spread): Spread {
  const turned = new Float32Array(data.length);
  for (let row = 0; row < outputs; row++)
    for (let column = 0; column < inputs; column++)
      turned[column * outputs + row] = data[row * inputs + column] as number;
  return { outputs: inputs, inputs: outputs, data: turned };
}
