import type { Generated } from "kysely";

/** Tables of integrity. Times are milliseconds UTC, booleans 0 or 1, JSON is text. */
export interface IntegrityTables {
  /** Every case with its headline figures. */
  integrity_cases: {
    id: string;
    analyzed_at: number;
    /** Group keys of `analyzed_at` in the configured time zone: 2026-01-30, 2026-W05, 2026-01. */
    day: string;
    week: string;
    month: string;
    title: string | null;
    author: string | null;
    /** The author as authors are compared; null for nobody in particular. */
    author_key: string | null;
    role: string;
    product: string;
    score: number;
    level: string;
    /** In thousandths. */
    confidence: number;
    /** One bit for each observation, in the contract's order. */
    evidence: number;
    /** JSON: the four dimensions as shown, and the recommendations. */
    verdict: string;
    /** Code points. */
    text_length: number;
    review_state: string;
    /** JSON `{"filename","format","key"}`; null where the text came by itself. */
    file: string | null;
    /** 1 for cases taken over from an older server. */
    imported: number;
  };

  /** What was measured in the text of a case: deflated JSON. */
  integrity_measurements: {
    case_id: string;
    body: Uint8Array;
    /** JSON, as the contract has them. */
    exclusions: string;
    /** Raised with each evaluation: a background one that was overtaken writes nothing. */
    revision: number;
    evaluated_at: number;
  };

  /** Texts that others are compared with: of cases, of sources, of templates. */
  integrity_documents: {
    id: Generated<number>;
    kind: "case" | "source" | "template";
    owner_id: string;
    author_key: string | null;
    words: number;
    /** Every fingerprint with its place, packed (algorithms/text/similarity). */
    fingerprints: Uint8Array;
    /** The hashes that stand in `integrity_postings`, as little-endian 32-bit words. */
    keys: Uint8Array;
    /** Deflated UTF-8; null where texts are not kept. */
    text: Uint8Array | null;
  };

  /** Which documents have a fingerprint: finds candidates. */
  integrity_postings: { hash: number; document: number };

  /** Fingerprints that so many documents have that they tell nothing. */
  integrity_common_hashes: { hash: number; since: number };

  /** Documents that share passages with a case: what was found at its last evaluation. */
  integrity_pairs: {
    case_id: string;
    document: number;
    matched_words: number;
    /** In millionths of the case's words. */
    share: number;
  };

  /** Words of titles and authors, as words are compared. */
  integrity_case_words: { word: string; case_id: string };

  /** Cases by group key, role, product and level, kept in the transaction that adds or removes the case. */
  integrity_tallies: {
    /** `all`, or a day. */
    day: string;
    week: string;
    month: string;
    role: string;
    product: string;
    level: string;
    cases: number;
    score_sum: number;
    /** In thousandths. */
    confidence_sum: number;
  };

  /** How often each observation was made. */
  integrity_evidence_tallies: { evidence: string; cases: number };

  integrity_sources: {
    id: string;
    kind: "source" | "template";
    title: string | null;
    author: string | null;
    url: string | null;
    text_length: number;
    created_at: number;
  };

  /** Pictures inside analysed files. */
  integrity_images: {
    id: Generated<number>;
    case_id: string;
    sha256: string;
    /** 16 hexadecimal digits; null for pictures without features. */
    phash: string | null;
    /** The four quarters of `phash`, for finding near ones. */
    quarter_0: number | null;
    quarter_1: number | null;
    quarter_2: number | null;
    quarter_3: number | null;
  };

  /** Decisions and appeals, never edited. */
  integrity_reviews: {
    id: Generated<number>;
    case_id: string;
    kind: "decision" | "appeal";
    decision: string | null;
    notes: string;
    by_id: string;
    by_name: string;
    created_at: number;
  };

  integrity_batches: {
    id: string;
    job_id: string;
    idempotency_key: string | null;
    body_hash: string;
    total: number;
    created_at: number;
  };

  integrity_batch_items: {
    batch_id: string;
    position: number;
    state: "queued" | "done" | "failed" | "cancelled";
    /** How often its analysis was begun. */
    begun: number;
    /** Deflated JSON of the submission; null once it is done. */
    submission: Uint8Array | null;
    case_id: string | null;
    error: string | null;
    code: string | null;
  };

  /** Append-only; each entry's hash covers the one before. */
  integrity_audit: {
    seq: number;
    created_at: number;
    actor: string;
    action: string;
    subject: string;
    /** JSON: ids, hashes and words of ours, never a text of anybody's. */
    details: string;
    previous: string;
    hash: string;
  };

  /** One row: where the audit's chain ends. */
  integrity_audit_head: { id: number; seq: number; hash: string };

  /** What a register of references said, so that it is not asked twice. */
  integrity_lookups: { key: string; outcome: string; checked_at: number };
}
