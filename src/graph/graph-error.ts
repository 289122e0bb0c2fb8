/** A graph that cannot be built: a mistake of the code that builds it, found before anything runs. */
export class GraphError extends Error {
  readonly graph: string;
  /** Name of the node, for example `Conv_3`; null when the graph itself is wrong. */
  readonly node: string | null;

  constructor(graph: string, node: string | null, problem: string) {
    super(node === null ? `graph "${graph}": ${problem}` : `graph "${graph}", node ${node}: ${problem}`);
    this.name = "GraphError";
    this.graph = graph;
    this.node = node;
  }
}

/** A broken shape rule; the builder turns it into a GraphError that names the graph and the node. */
export class RuleError extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = "RuleError";
  }
}

/**
 * States what an operator's rule demands of its inputs.
 * @throws RuleError with `problem()` ("expected ..., got ...") when the condition does not hold.
 */
export function demand(condition: boolean, problem: () => string): asserts condition {
  if (!condition) throw new RuleError(problem());
}
