import { demand } from "../graph-error.ts";
import type { Operator } from "../operator.ts";
import { broadcast, commonType, FLOATS, inputOf, NUMBERS } from "../rules.ts";
import { type ElementType, scalar, type TensorType } from "../tensor.ts";
import { apply, at, type Value } from "../value.ts";

/** A value, or a number that becomes a constant of the other operand's type. */
export type Operand = Value | number;

/** `a + b`, broadcasting. At least one operand is a value. */
export const add = arithmetic("Add");
/** `a - b`, broadcasting. */
export const sub = arithmetic("Sub");
/** `a * b`, broadcasting. */
export const mul = arithmetic("Mul");
/** `a / b`, broadcasting; truncated towards zero for integers. */
export const div = arithmetic("Div");
/** `a` to the power `b`, broadcasting. */
export const pow = arithmetic("Pow");
/** The greater of both, broadcasting. */
export const max = arithmetic("Max");
/** The smaller of both, broadcasting. */
export const min = arithmetic("Min");

/** bool: `a == b`, broadcasting. */
export const equal = comparison("Equal", [...NUMBERS, "bool"]);
/** bool: `a < b`, broadcasting. */
export const less = comparison("Less", NUMBERS);
/** bool: `a > b`, broadcasting. */
export const greater = comparison("Greater", NUMBERS);

export const neg = unary("Neg", NUMBERS);
export const abs = unary("Abs", NUMBERS);
/** -1, 0 or 1. */
export const sign = unary("Sign", NUMBERS);
export const sqrt = unary("Sqrt");
/** Natural logarithm. */
export const log = unary("Log");
export const exp = unary("Exp");
export const relu = unary("Relu");
/** `1 / (1 + exp(-x))` */
export const sigmoid = unary("Sigmoid");
export const tanh = unary("Tanh");
/** The error function. float32 only. */
export const erf = unary("Erf", ["float32"]);

const positiveOperator: Operator<null> = {
  type: "HardSigmoid",
  infer: (inputs) => [inputOf(inputs, 0, ["float32"])],
  // min(1, max(0, alpha x)) with the largest alpha: one pass, where Greater and Cast are two.
  emit: () => ({ attributes: { alpha: { float: 3.4e38 }, beta: { float: 0 } } }),
};

/**
 * 1 where `x` is positive, else 0, as a float of x's type. float32 below 3e-39 (already subnormal) counts in part.
 */
export function isPositive(x: Value): Value {
  return x.type === "float32" ? apply(positiveOperator, [x], null) : cast(greater(x, 0), x.type);
}

interface Range {
  readonly min: number;
  readonly max: number;
}

const clipOperator: Operator<Range> = {
  type: "Clip",
  infer(inputs, range) {
    demand(range.min <= range.max, () => `expected min <= max, got ${range.min} and ${range.max}`);
    return [inputOf(inputs, 0, NUMBERS)];
  },
  emit(range, inputs) {
    const { type } = at(inputs, 0);
    return { parameters: [scalar(type, range.min), scalar(type, range.max)] };
  },
};

/** Values below `min` become `min`, above `max` become `max`. */
export function clip(x: Value, min: number, max: number): Value {
  return apply(clipOperator, [x], { min, max });
}

const whereOperator: Operator<null> = {
  type: "Where",
  infer(inputs) {
    const condition = inputOf(inputs, 0, ["bool"]);
    const [a, b] = [inputOf(inputs, 1), inputOf(inputs, 2)];
    const type = commonType([a, b], ["float32", "float64", "int32", "int64", "uint8"]);
    return [{ type, shape: broadcast(condition.shape, broadcast(a.shape, b.shape)) }];
  },
};

/** `a` where the condition (bool) holds, else `b`; all three broadcast. */
export function where(condition: Value, a: Operand, b: Operand): Value {
  const [left, right] = operands(a, b);
  return apply(whereOperator, [condition, left, right], null);
}

const castOperator: Operator<ElementType> = {
  type: "Cast",
  infer: (inputs, type) => [{ type, shape: inputOf(inputs, 0).shape }],
  emit: (type) => ({ attributes: { to: { dataType: type } } }),
};

/** The same numbers as another type; floats are truncated towards zero, everything but 0 is true. */
export function cast(x: Value, type: ElementType): Value {
  return x.type === type ? x : apply(castOperator, [x], type);
}

function unary(type: string, accepted: readonly ElementType[] = FLOATS): (x: Value) => Value {
  const operator: Operator<null> = { type, infer: (inputs) => [inputOf(inputs, 0, accepted)] };
  return (x) => apply(operator, [x], null);
}

function arithmetic(type: string): (a: Operand, b: Operand) => Value {
  return binary(type, (inputs) => ({ type: commonType(inputs, NUMBERS), shape: broadcastOf(inputs) }));
}

function comparison(type: string, accepted: readonly ElementType[]): (a: Operand, b: Operand) => Value {
  return binary(type, (inputs) => {
    commonType(inputs, accepted);
    return { type: "bool", shape: broadcastOf(inputs) };
  });
}

function binary(type: string, rule: (inputs: readonly TensorType[]) => TensorType) {
  const operator: Operator<null> = { type, infer: (inputs) => [rule(inputs)] };
  return (a: Operand, b: Operand) => apply(operator, operands(a, b), null);
}

function broadcastOf(inputs: readonly TensorType[]) {
  return broadcast(inputOf(inputs, 0).shape, inputOf(inputs, 1).shape);
}

function operands(a: Operand, b: Operand): [Value, Value] {
  if (typeof a !== "number") return [a, typeof b === "number" ? a.graph.scalar(a.type, b) : b];
  if (typeof b === "number") throw new RangeError(`at least one operand is a value, got ${a} and ${b}`);
  return [b.graph.scalar(b.type, a), b];
}
