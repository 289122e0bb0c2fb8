import type { Generated } from "kysely";

/** Tables of inspection. Times are milliseconds UTC, booleans 0 or 1, JSON is text. */
export interface InspectionTables {
  /** One row per recipe whose mm_per_px is locked. */
  inspection_recipes: { recipe_id: string; mm_per_px: number; locked_at: number };

  /** Every fit and every import is a row; `inspection_active_models` says which one is in use. */
  inspection_models: {
    id: Generated<number>;
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    version: number;
    engine_id: string;
    file_key: string;
    embedding_count: number;
    coreset_size: number;
    token_height: number;
    token_width: number;
    coreset_rate: number;
    /** `[{"hash","key","name"}]`: the pictures it was fitted on, where they lay. */
    sources: string;
    mm_per_px: number;
    operator_id: string | null;
    created_at: number;
    /** How it was fitted, JSON; null where that is not known. */
    settings: string | null;
    /** Where it came from: `fit`, `bundle` or `site`. */
    origin: string;
    /** SHA-256 of the file that it was imported from. */
    origin_hash: string | null;
  };

  /** Which version of a ROI is in use, and the greatest number that was ever given. */
  inspection_active_models: {
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    model_id: number;
    last_version: number;
  };

  /** The threshold in use. */
  inspection_calibrations: {
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    threshold: number;
    ok_mean: number;
    ng_mean: number;
    ok_percentile: number;
    ng_percentile_5: number | null;
    mm_per_px: number;
    area_mm2_threshold: number;
    score_percentile: number;
    created_at: number;
    /** The memory that it was made with; null where that is not known. */
    model_id: number | null;
    run_id: number | null;
  };

  /** Every calibration with the scores behind it. `threshold` is what stands after manual changes. */
  inspection_calibration_runs: {
    id: Generated<number>;
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    origin: string;
    model_id: number | null;
    model_version: number | null;
    threshold: number;
    computed_threshold: number;
    ok_mean: number;
    ng_mean: number;
    ok_percentile: number;
    ng_percentile_5: number | null;
    mm_per_px: number;
    area_mm2_threshold: number;
    score_percentile: number;
    ok_count: number;
    ng_count: number;
    /** `[{"label","score","filename","hash","seen"}]`; null where there were too many to keep. */
    scores: string | null;
    operator_id: string | null;
    created_at: number;
  };

  inspection_threshold_changes: {
    id: Generated<number>;
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    reason: string;
    model_version: number | null;
    run_id: number | null;
    from_threshold: number | null;
    to_threshold: number;
    operator_id: string | null;
    actor: string;
    note: string | null;
    created_at: number;
  };

  /** Who did what. */
  inspection_audit: {
    id: Generated<number>;
    created_at: number;
    action: string;
    operator_id: string | null;
    actor: string;
    recipe_id: string | null;
    model_key: string | null;
    role_id: string | null;
    roi_id: string | null;
    model_version: number | null;
    details: string;
    request_id: string | null;
  };

  /** Pictures of the datasets. `pending` rows belong to an upload that was not acknowledged. */
  inspection_pictures: {
    id: Generated<number>;
    recipe_id: string;
    role_id: string;
    roi_id: string;
    label: "ok" | "ng";
    filename: string;
    content_hash: string;
    bytes: number;
    has_sidecar: number;
    pending: number;
    created_at: number;
  };

  /** Who is fitting a ROI right now: one at a time. */
  inspection_fit_leases: {
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    owner: string;
    job_id: string | null;
    expires_at: number;
  };

  /** What the good pictures of a memory are like: JSON, and float32 pixels of their mean. */
  inspection_quality: { model_id: number; reference: string; thumbnail: Uint8Array | null };

  /** What a ROI does with pictures of poor quality; without a row it warns. */
  inspection_quality_gates: {
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    on_poor: "warn" | "undecided" | "ng" | "off";
    operator_id: string | null;
    updated_at: number;
  };

  /** The webhook's outbox: messages and what became of them. */
  inspection_deliveries: {
    id: Generated<number>;
    delivery_id: string;
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    body: string;
    state: "waiting" | "delivered" | "failed" | "dropped";
    attempts: number;
    last_status: number | null;
    last_error: string | null;
    created_at: number;
    ended_at: number | null;
    /** The job that sends it, or sent it last; null for rows of an older version. */
    job_id: string | null;
  };

  /** The newest scores of each ROI. */
  inspection_scores: {
    id: Generated<number>;
    recipe_id: string;
    model_key: string;
    role_id: string;
    roi_id: string;
    model_id: number;
    score: number;
    created_at: number;
  };
}
