import type { Picture } from "../image/picture.ts";
import type { PageBox, PreparedPage } from "../page/prepared-page.ts";

/** A colour that a user has set. sRGB, 0..255. */
export interface ColourHint {
  /** A point (width and height 1) or a box, in pixels of the page. */
  readonly place: PageBox;
  readonly colour: readonly [number, number, number];
}

/** A region whose colour is known well, to be used again on later pages. Numbers only: it is stored as JSON. */
export interface Exemplar {
  readonly descriptor: readonly number[];
  /** OKLab. */
  readonly colour: readonly [number, number, number];
  /** 0..1 */
  readonly confidence: number;
  /** Name of a character whose palette is locked; null for what was found. */
  readonly character: string | null;
}

/** What is known of the references, computed once per job. Structured-cloneable: it travels between threads. */
export interface ReferenceModel {
  readonly version: 1;
  /** False where the references have no colour to give. */
  readonly hasColour: boolean;
  /** The references' main colours with their shares, OKLab. */
  readonly palette: readonly { readonly colour: readonly [number, number, number]; readonly share: number }[];
}

export interface ColouringRequest {
  readonly page: Picture;
  readonly prepared: PreparedPage;
  readonly references: ReferenceModel;
  /** 0: the page as it is, byte for byte. 1: in full colour. */
  readonly strength: number;
  readonly seed: number;
  readonly hints: readonly ColourHint[];
  /** Colours that this chapter has settled on. */
  readonly exemplars: readonly Exemplar[];
}

export interface ColouredPage {
  readonly picture: Picture;
  /** Regions of this page that later pages may rely on, best first; at most 200. */
  readonly exemplars: readonly Exemplar[];
  /** Mean CIEDE2000 between this page's palette and that of the exemplars; null without exemplars. */
  readonly paletteDrift: number | null;
  /** Superpixels coloured, and mean confidence 0..1. */
  readonly regions: number;
  readonly confidence: number;
}
