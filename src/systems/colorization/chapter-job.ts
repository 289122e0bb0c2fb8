import type { PartOrder } from "./characters.ts";
import { pageFileNames } from "./files/page-names.ts";

export type JobKind = "two-pass" | "pass1" | "pass2";
export type JobStatus = "queued" | "running" | "completed" | "failed" | "cancelled";
export type EngineName = "flux" | "embedded" | "dummy";

export const ENDED: readonly JobStatus[] = ["completed", "failed", "cancelled"];

/** A colour that a client set on a page. */
export interface HintOrder {
  readonly pageNum: number | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: readonly [number, number, number];
}

/** What a job is to do, checked. Paths are as the client wrote them, known to lie inside the roots. */
export interface JobOrder {
  readonly kind: JobKind;
  /** As the client named it: its pages' seeds come from it. */
  readonly chapterId: string;
  /** What the chapter is found by, where that is not its name alone. */
  readonly chapterKey?: string;
  readonly inputMode: "single" | "batch";
  readonly inputDir: string | null;
  /** The first one is the contract's `style_reference`. */
  readonly styleReferences: readonly string[];
  readonly engine: EngineName;
  readonly strength: number;
  readonly seedMode: "metadata" | "fixed" | "random";
  /** For `fixed`; drawn once for `random`, so that a job that goes on has the same. */
  readonly seed: number | null;
  readonly skipColoured: boolean;
  /** Where a configured engine from outside fails: `embedded` colours the page instead. */
  readonly fallback: "embedded" | null;
  readonly prompt: string;
  readonly hints: readonly HintOrder[];
  /** Whose characters count beside the chapter's own. */
  readonly series?: string | null;
  /** Characters that the chapter is to have. */
  readonly characters?: readonly PartOrder[];
  /** Only these pages; all of them without. */
  readonly pages?: readonly number[] | null;
  /** The job whose originals are taken, instead of `inputDir`. */
  readonly pagesOf?: string | null;
  readonly metadataOutput: string | null;
  readonly pass2Output: string | null;
  readonly masksOutput: string | null;
  /** Uploads that nobody else knows of: they are deleted with the job. */
  readonly ownUploads?: readonly string[];
  /** As the client sent them: echoed in the runmeta. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface ChapterJob {
  readonly id: string;
  readonly kind: JobKind;
  /** What the chapter is found by. */
  readonly chapterId: string;
  readonly status: JobStatus;
  readonly order: JobOrder;
  readonly error: string | null;
  readonly totalPages: number;
  readonly pass1Done: number;
  readonly pass2Done: number;
  readonly planned: boolean;
  readonly ticket: string | null;
  readonly clientId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A page of a job. */
export interface JobPage {
  readonly jobId: string;
  readonly pageNum: number;
  readonly source: string;
  readonly inputKey: string;
  readonly pass1Done: boolean;
  readonly pass2Done: boolean;
  readonly skipped: boolean;
  readonly error: string | null;
  readonly facts: PageFacts;
}

/** What the summary of a chapter tells of a page. */
export interface PageFacts {
  readonly pass1Mode?: string;
  readonly pass1FallbackReason?: string | null;
  readonly hasStructuralAlert?: boolean;
  readonly engine?: string;
  readonly engineFallback?: string | null;
  readonly seed?: number;
  /** Of the metadata file that pass 2 alone was given. */
  readonly metadataSeed?: number;
  readonly metadataPrompt?: string;
}

/** Where a job's files lie in the store. */
export const jobFolder = (jobId: string) => `jobs/${jobId}`;

/** Keys of everything that a page may have. */
export function pageKeys(jobId: string, pageNum: number) {
  const folder = jobFolder(jobId);
  const names = pageFileNames(pageNum);
  return {
    metadata: `${folder}/metadata/${names.metadata}`,
    runmetaPass1: `${folder}/metadata/${names.pass1Runmeta}`,
    mask: `${folder}/masks/${names.textMask}`,
    colorized: `${folder}/pass2/${names.colorized}`,
    runmetaPass2: `${folder}/pass2/${names.pass2Runmeta}`,
    structure: `${folder}/pass2/${names.phaseCStructure}`,
    inpaintMask: `${folder}/pass2/${names.phaseCInpaintMask}`,
    overlay: `${folder}/pass2/${names.phaseCOverlay}`,
  } as const;
}
