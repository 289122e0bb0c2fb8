import { oklabPicture } from "../colour/oklab.ts";
import type { Picture } from "../image/picture.ts";
import { resample } from "../image/resample.ts";
import type { PageBox, PreparedPage } from "../page/prepared-page.ts";
import { type AnalysisView, pageView, viewIn } from "./analysis/analysis-view.ts";
import { type DrawingDomain, domainOf } from "./analysis/drawing-domain.ts";
import type { Size } from "./analysis/reduce-plane.ts";
import { referenceView } from "./analysis/reference-view.ts";
import { DESCRIPTOR_SIZE, describeRegions } from "./describing/region-descriptors.ts";
import { withTones } from "./describing/region-tones.ts";
import { domainCode } from "./matching/candidates.ts";
import { reachedRegions } from "./painting/hinted-regions.ts";
import { type Segmentation, segment } from "./segmentation/segment.ts";
import { bandOfPage, bandOfPrepared, bandsOf } from "./strips.ts";

/** What is drawn at a place that a user has pointed at. */
export interface PointedPlace {
  /** Descriptors as exemplars have them, of the regions there, in every domain that they can be told in. */
  readonly descriptors: readonly (readonly number[])[];
  /** OKLab, mean away from lines; null where the picture has no colours. */
  readonly colour: readonly [number, number, number] | null;
}

const REGIONS = 2000;
/** Regions of one place whose looks are kept, in each domain. */
const KEPT = 20;
const INKED = 0.3;
const DOMAINS: readonly DrawingDomain[] = ["plain", "screened", "inked"];

/**
 * What lies at places of a page: how its regions look, and their colour on `coloured`, a coloured version of the page.
 * A page can be told in its own domain and in those of fewer tones. O(pixels x domains).
 * @param places in pixels of the page; on lettering or a gutter there is nothing
 */
export function lookAtPage(
  page: Picture,
  prepared: PreparedPage,
  coloured: Picture | null,
  places: readonly PageBox[],
): readonly PointedPlace[] {
  const bands = bandsOf(page);
  const looks = new Map<number, (place: PageBox) => PointedPlace>();
  const lookIn = (at: number) => {
    const band = bands[at] ?? { top: 0, bottom: page.height };
    const part = bandOfPage(page, band);
    const known = looks.get(at);
    if (known !== undefined) return known;
    const view = pageView(bandOfPrepared(prepared, band));
    const domains = DOMAINS.slice(DOMAINS.indexOf(domainOf(prepared.kind)));
    const colours = coloured === null ? null : bandOfPage(coloured, band);
    const look = looker(part, view, domains, colours);
    looks.set(at, look);
    return look;
  };
  return places.map((place) => {
    const middle = place.y + place.height / 2;
    const at = Math.max(
      0,
      bands.findIndex(({ top, bottom }) => middle >= top && middle < bottom),
    );
    return lookIn(at)({ ...place, y: place.y - (bands[at]?.top ?? 0) });
  });
}

/** The same on a coloured picture, in every domain. */
export function lookAtReference(picture: Picture, places: readonly PageBox[]): readonly PointedPlace[] {
  const { view } = referenceView(picture);
  return places.map(looker(picture, view, DOMAINS, picture));
}

function looker(
  picture: Size,
  view: AnalysisView,
  domains: readonly DrawingDomain[],
  coloured: Picture | null,
): (place: PageBox) => PointedPlace {
  const cut = segment(view, REGIONS);
  const rows = domains.map((domain) => {
    // A shaded page or a picture has to be drawn first, a drawn page is so already.
    const seen = viewIn(domain, domains[0] === "plain" ? "reference" : "page", view);
    return describeRegions(seen, withTones(cut.regions, seen.tone, seen.ink));
  });
  const small = coloured === null ? null : oklabPicture(resample(coloured, view));
  return (place) => {
    const reached = reachedRegions(place, picture, view, cut);
    const regions = spreadOver(
      [...reached].sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([region]) => region),
    );
    return {
      descriptors: rows.flatMap((row, at) =>
        regions.map((region) => [
          domainCode(domains[at] as DrawingDomain),
          ...Array.from(row.subarray(region * DESCRIPTOR_SIZE, (region + 1) * DESCRIPTOR_SIZE), rounded),
        ]),
      ),
      colour:
        small === null || reached.size === 0 ? null : meanColour(small, new Set(reached.keys()), view, cut),
    };
  };
}

/** At most `KEPT`, evenly from near to far. */
function spreadOver(regions: readonly number[]): readonly number[] {
  if (regions.length <= KEPT) return regions;
  return Array.from(
    { length: KEPT },
    (_, at) => regions[Math.round((at * (regions.length - 1)) / (KEPT - 1))] as number,
  );
}

function meanColour(
  { l, a, b }: { readonly l: Float32Array; readonly a: Float32Array; readonly b: Float32Array },
  regions: ReadonlySet<number>,
  { ink }: AnalysisView,
  { regions: { labels } }: Segmentation,
): readonly [number, number, number] | null {
  const sum = [0, 0, 0] as [number, number, number];
  let count = 0;
  for (const [pixel, label] of labels.entries()) {
    if (!regions.has(label) || (ink[pixel] as number) > INKED) continue;
    sum[0] += l[pixel] as number;
    sum[1] += a[pixel] as number;
    sum[2] += b[pixel] as number;
    count++;
  }
  return count === 0 ? null : [sum[0] / count, sum[1] / count, sum[2] / count];
}

/** Stored as text: more digits say nothing. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
