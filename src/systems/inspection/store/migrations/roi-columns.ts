import { text } from "../../../../platform/db/schema/columns.ts";

/** The columns that name a ROI. */
export const ROI = { recipe_id: text(), model_key: text(), role_id: text(), roi_id: text() };
export const ROI_KEY = ["recipe_id", "model_key", "role_id", "roi_id"];
