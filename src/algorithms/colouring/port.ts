import type { Oklab } from "../colour/oklab.ts";
import type { Picture } from "../image/picture.ts";
import type { PageBox, PreparedPage } from "../page/prepared-page.ts";
import type { DrawingDomain } from "./analysis/drawing-domain.ts";
import type { ReferenceSight } from "./correspondence/sight.ts";
import type { Projection } from "./describing/projection.ts";
import type { ToneTable } from "./matching/tone-table.ts";

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
}

/** A colour that a user has given a part of a character. */
export interface CharacterColour {
  /** Tells it from all others. */
  readonly id: string;
  /** OKLab. */
  readonly colour: readonly [number, number, number];
  /** Whether it wins over the references. Otherwise it is only told what became of it. */
  readonly locked: boolean;
  /** How the part looks: descriptors as exemplars have them. */
  readonly descriptors: readonly (readonly number[])[];
  /** OKLab: what the references give it, where that is known; what would take that colour takes this one. */
  readonly instead: readonly [number, number, number] | null;
}

/** What became of a character's colour on a page. */
export interface SeenColour {
  readonly id: string;
  /** Share of the coloured area that it was found on, 0..1. */
  readonly share: number;
  /** OKLab, mean of that area away from lines. */
  readonly colour: readonly [number, number, number];
}

/** Regions of all references, one after the other. Places are in pixels of the views that were analysed. */
export interface ReferenceRegions {
  readonly count: number;
  /** `[count, 3] row-major`, OKLab, mean of each region away from its lines. */
  readonly colours: Float32Array;
  /** How much lighter each region is than the gray it turns to, OKLab. */
  readonly glows: Float32Array;
  /** Share of all regions' area, 0..1. */
  readonly areas: Float32Array;
  /** Centres of gravity. */
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  /** Each reference's first region. */
  readonly firsts: readonly number[];
  /** Index into the palette. */
  readonly members: Int32Array;
  /** Those that touch region r are `neighbours[offsets[r]]` to `neighbours[offsets[r + 1] - 1]`. */
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
}

/** How the regions look in one domain. */
export interface ReferenceLooks {
  readonly table: ToneTable;
  /** `[count, SHADE] row-major`: how each region's shade differs from the table's at its tone. */
  readonly surplus: Float32Array;
  readonly projection: Projection;
  /** `[count, projection.to] row-major` */
  readonly rows: Float32Array;
}

/** What is known of the references, computed once per job. Structured-cloneable: it travels between threads. */
export interface ReferenceModel {
  readonly version: 1;
  /** False where the references have no colour to give. */
  readonly hasColour: boolean;
  /** The references' main colours with their shares, OKLab. */
  readonly palette: readonly { readonly colour: readonly [number, number, number]; readonly share: number }[];
  readonly regions: ReferenceRegions;
  /** What figures are looked for on, one for each reference. */
  readonly sights: readonly ReferenceSight[];
  /** Mean colour of the references' lines, OKLab; null without any. */
  readonly ink: Oklab | null;
  /** One for each domain that the job's pages need. */
  readonly looks: Readonly<Partial<Record<DrawingDomain, ReferenceLooks>>>;
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
  /** Colours of its characters. */
  readonly characters?: readonly CharacterColour[];
}

export interface ColouredPage {
  readonly picture: Picture;
  /** Regions of this page that later pages may rely on, best first; at most 200. */
  readonly exemplars: readonly Exemplar[];
  /** Mean CIEDE2000 between this page's palette and that of the exemplars; null without exemplars. */
  readonly paletteDrift: number | null;
  /** The characters' colours that were found on this page. */
  readonly seen: readonly SeenColour[];
  /** Superpixels coloured, and mean confidence 0..1. */
  readonly regions: number;
  readonly confidence: number;
}
