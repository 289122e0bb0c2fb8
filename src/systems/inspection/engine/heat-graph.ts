import { heatSpread, type Spread } from "../../../algorithms/image/heat-spread.ts";
import { add, float32, GraphBuilder, type GraphModel, matMul, type Value } from "../../../graph/index.ts";
import type { GridFacts } from "./embed-graph.ts";
import type { Size } from "./working-size.ts";

/**
 * From the scores of all grids to the heat of the picture: `NAME.scores` `[rows, columns]` -> `heat`
 * `[height, width]` by way of the middle scale. Upsampling, blur and sum are linear: two matrix products per grid.
 */
export function heatGraph(grids: readonly GridFacts[], middle: Size, { width, height }: Size): GraphModel {
  const graph = new GraphBuilder("heat");
  const constant = ({ outputs, inputs, data }: Spread) => graph.constant(float32([outputs, inputs], data));
  const parts = grids.map(({ name, rows, columns, weight }) => {
    const scores = graph.input(`${name}.scores`, "float32", [rows, columns]);
    const down = constant(scaled(heatSpread(rows, middle.height, height), weight));
    const across = constant(transposed(heatSpread(columns, middle.width, width)));
    return matMul(matMul(down, scores), across);
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
