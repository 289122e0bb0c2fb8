import type { Generated } from "kysely";

/** Tables of colorization. Times are milliseconds UTC, booleans 0 or 1, JSON is text. */
export interface ColorizationTables {
  colorization_jobs: {
    id: string;
    /** Counts up: the order of acceptance. */
    sequence: Generated<number>;
    kind: string;
    chapter_id: string;
    status: string;
    /** JSON `JobOrder`. */
    request: string;
    engine: string;
    error: string | null;
    total_pages: number;
    pass1_done: number;
    pass2_done: number;
    /** Inputs were copied and their rows written. */
    planned: number;
    /** The platform's job that runs it. */
    ticket: string | null;
    idempotency_key: string | null;
    /** SHA-256 of the body that the key came with. */
    body_hash: string | null;
    /** Who follows it in the extension's dialect. */
    client_id: string | null;
    created_at: number;
    updated_at: number;
    finished_at: number | null;
  };

  colorization_pages: {
    job_id: string;
    page_num: number;
    /** As its sender named it. */
    source: string;
    /** Key of the original in the store. */
    input_key: string;
    pass1_done: number;
    pass2_done: number;
    /** Left as it is: it has colours already. */
    skipped: number;
    error: string | null;
    /** JSON of what the summary tells. */
    facts: string;
  };

  colorization_uploads: {
    id: string;
    kind: string;
    /** JSON list of `{id, name, key, width, height}`. */
    files: string;
    bytes: number;
    created_at: number;
  };

  /** What the pages of a job have settled on; one row per job. */
  colorization_palettes: {
    /** The job's id: another job of the same chapter begins anew, so that the same request gives the same bytes. */
    chapter_id: string;
    /** JSON list of exemplars. */
    exemplars: string;
    updated_at: number;
  };

  /** Parts of characters with their colours. */
  colorization_parts: {
    /** A palette's key, or that of a series. */
    scope: string;
    name: string;
    label: string;
    /** Order in which they are shown. */
    position: number;
    colour: string;
    locked: number;
    instead: string | null;
    /** JSON list of places. */
    places: string;
    /** JSON list of descriptors. */
    descriptors: string;
    updated_at: number;
  };
}
