import { add, float32, GraphBuilder, type GraphModel, matMul, type TensorOf } from "../../graph/index.ts";

/** Small models for the runtime's tests. */

/** `y = x + summand` over `[4]`; different summands are different models. */
export function addModel(summand = 1): GraphModel {
  const graph = new GraphBuilder("add");
  graph.output("y", add(graph.input("x", "float32", [4]), summand));
  return graph.build();
}

/** Some tens of milliseconds per run: `products` times a matrix product of 512 x 512. */
export function slowModel(products: number): GraphModel {
  const graph = new GraphBuilder("slow");
  const weight = graph.constant(float32([512, 512], new Float32Array(512 * 512).fill(1 / 512)));
  let y = graph.input("x", "float32", [512, 512]);
  for (let product = 0; product < products; product++) y = matMul(y, weight);
  graph.output("y", y);
  return graph.build();
}

/** What `slowModel` is fed: ones, which its products keep. */
export function ones(): TensorOf<"float32"> {
  return float32([512, 512], new Float32Array(512 * 512).fill(1));
}
