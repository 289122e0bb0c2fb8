import { QuatrainError, userError } from "../../../platform/errors/quatrain-error.ts";
import type { MemoryModel } from "../engine/port.ts";
import type { MemoryCache } from "../memory-cache.ts";
import type { Roi } from "../roi.ts";
import type { ModelRecord } from "../store/model-record.ts";
import type { InspectionReader } from "../store/reader.ts";

export interface FoundMemory {
  readonly record: ModelRecord;
  readonly memory: MemoryModel;
}

/** Clients match this text (spec/inspection.md section 1). */
const NO_MEMORY = "Memoria no encontrada. Ejecuta /fit_ok antes de /infer.";

/** The version in use for a ROI. @throws QuatrainError `memory_not_found` (400) */
export async function requireModel(reader: InspectionReader, roi: Roi): Promise<ModelRecord> {
  const record = await reader.findModel(roi);
  if (record === null) throw userError("memory_not_found", 400, NO_MEMORY);
  return record;
}

/** The memory in use for a ROI. @throws QuatrainError `memory_not_found`, `memory_unreadable` (400) */
export async function findMemory(
  { reader, memories }: { reader: InspectionReader; memories: MemoryCache },
  roi: Roi,
): Promise<FoundMemory> {
  const record = await requireModel(reader, roi);
  try {
    return { record, memory: await memories.load(record) };
  } catch (error) {
    if (!(error instanceof QuatrainError) || error.code !== "file_not_found") throw error;
    const newer = await reader.findModel(roi);
    if (newer === null || newer.id === record.id) throw userError("memory_not_found", 400, NO_MEMORY);
    return { record: newer, memory: await memories.load(newer) }; // a fit replaced it between the row and the file
  }
}
