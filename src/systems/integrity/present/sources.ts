import type { z } from "zod";
import type { Source } from "../../../contracts/integrity/index.ts";
import { contractInstant } from "../instants.ts";
import type { SourceRecord } from "../store/source-store.ts";

export function presentSource(record: SourceRecord): z.output<typeof Source> {
  return {
    id: record.id,
    titulo: record.title,
    autor: record.author,
    url: record.url,
    tipo: record.kind === "template" ? "plantilla" : "fuente",
    text_length: record.textLength,
    created_at: contractInstant(record.createdAt),
  };
}
