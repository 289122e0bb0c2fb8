import type { Whitening } from "../../../algorithms/anomaly/whitening.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { MemoryModel } from "./port.ts";

/** What was learnt on one grid. */
export interface MemoryGrid {
  readonly name: string;
  readonly whitening: Whitening;
  /** `[size, kept]` row-major float32: the bank's patches, whitened. */
  readonly bank: Float32Array;
  /** `[size]` how far the bank's patches lie from patches of other pictures; all 0 without a density correction. */
  readonly reach: Float32Array;
  /** `[size]` number of the picture that each bank patch comes from. */
  readonly sources: Int32Array;
  /** A typical distance on this grid: scores are measured in it. Above 0. */
  readonly unit: number;
  readonly size: number;
}

/** The memory of this engine: the port's facts and the grids behind them. */
export interface BankMemory extends MemoryModel {
  readonly grids: readonly MemoryGrid[];
}

/** @throws QuatrainError `token_grid_mismatch` (400) when another engine made it. */
export function asBankMemory(memory: MemoryModel): BankMemory {
  if (!isBankMemory(memory))
    throw userError(
      "token_grid_mismatch",
      400,
      `Token grid mismatch: the memory belongs to "${memory.engineId}"; fit again with this engine.`,
    );
  return memory;
}

function isBankMemory(memory: MemoryModel): memory is BankMemory {
  return "grids" in memory && Array.isArray(memory.grids);
}
