import { GraphBuilder, type GraphModel, gemm, reduceMean, sub } from "../../../graph/index.ts";
import { type Fb98Options, fb98Grids } from "../../../ml/backbones/fb98/grids.ts";
import type { Size } from "./working-size.ts";

/** One grid of an embed graph, without its values. */
export interface GridFacts {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly dim: number;
  readonly components: number;
  readonly weight: number;
}

/** A graph and the grids that it yields. */
export interface EmbedGraph {
  readonly model: GraphModel;
  readonly grids: readonly GridFacts[];
}

/**
 * `picture` `[height, width, 3]` uint8 -> per grid `NAME.patches` `[n, dim]`, `NAME.mean` `[1, dim]` and
 * `NAME.scatter` `[dim, dim]`, the sum of outer products around that mean.
 */
export function embedGraph({ width, height }: Size, options: Fb98Options): EmbedGraph {
  const graph = new GraphBuilder("fb98-embed");
  const picture = graph.input("picture", "uint8", [height, width, 3]);
  const grids = fb98Grids(picture, options).map(({ patches, ...facts }) => {
    const mean = reduceMean(patches, { axes: [0], keepDims: true });
    const centred = sub(patches, mean);
    graph.output(`${facts.name}.patches`, patches);
    graph.output(`${facts.name}.mean`, mean);
    graph.output(`${facts.name}.scatter`, gemm(centred, centred, undefined, { transposeA: true }));
    return facts;
  });
  return { model: graph.build(), grids };
}
