/** The longest slug: it is one part of a path, and the longest file name has 255 bytes. */
const MAX_SLUG = 120;
const METADATA_NAME = /^page_(\d{1,9})\.meta\.json$/;

/** Names of the files of one page, without folders. Source: spec/colorization.md section 3. */
export interface PageFileNames {
  /** `page_007.meta.json` */
  readonly metadata: string;
  readonly pass1Runmeta: string;
  /** Of the first pass: balloons and lettering. */
  readonly textMask: string;
  readonly colorized: string;
  readonly pass2Runmeta: string;
  readonly phaseCStructure: string;
  readonly phaseCInpaintMask: string;
  readonly phaseCOverlay: string;
}

/**
 * `page_007` for 7, `page_1234` for 1234: what every file of a page begins with.
 * @throws RangeError for what is no page number
 */
export function pageStem(pageNum: number): string {
  if (!Number.isSafeInteger(pageNum) || pageNum < 0) throw new RangeError(`${pageNum} is no page number`);
  return `page_${String(pageNum).padStart(3, "0")}`;
}

/** @throws RangeError for what is no page number */
export function pageFileNames(pageNum: number): PageFileNames {
  const stem = pageStem(pageNum);
  return {
    metadata: `${stem}.meta.json`,
    pass1Runmeta: `${stem}.meta.pass1.runmeta.json`,
    textMask: `${stem}_text.png`,
    colorized: `${stem}_colorized.png`,
    pass2Runmeta: `${stem}_colorized.runmeta.json`,
    phaseCStructure: `${stem}_phase_c_structure.json`,
    phaseCInpaintMask: `${stem}_phase_c_inpaint_mask.png`,
    phaseCOverlay: `${stem}_phase_c_overlay.png`,
  };
}

/** The page that a file name of metadata belongs to: 7 for `page_007.meta.json`; null for any other name. */
export function pageOfMetadataName(name: string): number | null {
  const digits = METADATA_NAME.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * A name as a part of a path: runs of anything but `A-Z a-z 0-9 _ -` become one `_`, at most 120 characters stay.
 * `fallback` is for names of which nothing is left. Source: spec/colorization.md section 2.
 */
export function slug(name: string, fallback: string): string {
  const made = name.replaceAll(/[^A-Za-z0-9_-]+/g, "_").slice(0, MAX_SLUG);
  return made === "" ? fallback : made;
}
