import type { Generated } from "kysely";

/** Tables of inspection. Times are milliseconds UTC, booleans 0 or 1, JSON is text. */
export interface InspectionTables {
  /** One row per recipe whose mm_per_px is locked. */
  inspection_recipes: { recipe_id: string; mm_per_px: number; locked_at: number };

  /** Every fit is a row; the newest version of a ROI is the one in use. */
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
  };

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
}
