import { add, cast, dynamicQuantize, float32, matMulInteger, mul, type Value } from "../../../graph/index.ts";

/**
 * Greatest weight in bytes: 7 bits. With all 8 the products of two neighbours can leave int16, in which processors
 * without VNNI add them up, and results would depend on the machine.
 */
const MOST = 63;

/** A dense layer in integers: weights per output, activations over their range at each run; see `Linear`. */
export function int8Linear(x: Value, weight: Float32Array, bias: Float32Array): Value {
  const { graph } = x;
  const [outputs, inputs] = [bias.length, x.shape[1] ?? 0];
  const { data, scales } = quantised(weight, outputs, inputs);
  const matrix = graph.constant({ type: "int8", shape: [inputs, outputs], data });
  const { bytes, scale, zero } = dynamicQuantize(x);
  const product = cast(matMulInteger(bytes, matrix, zero), "float32");
  const factors = mul(scale, graph.constant(float32([outputs], scales)));
  return add(mul(product, factors), graph.constant(float32([outputs], bias)));
}

/** `[outputs, inputs]` -> `[inputs, outputs]` int8 with a scale for each output. */
function quantised(weight: Float32Array, outputs: number, inputs: number) {
  const data = new Int8Array(weight.length);
  const scales = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    const row = weight.subarray(output * inputs, (output + 1) * inputs);
    const most = row.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
    const scale = most === 0 ? 1 : most / MOST;
    scales[output] = scale;
    for (let input = 0; input < inputs; input++)
      data[input * outputs + output] = Math.round((row[input] ?? 0) / scale);
  }
  return { data, scales };
}
