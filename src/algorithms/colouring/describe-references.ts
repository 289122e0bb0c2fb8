import type { Oklab } from "../colour/oklab.ts";
import type { Picture } from "../image/picture.ts";
import type { PageKind } from "../page/prepared-page.ts";
import { viewIn } from "./analysis/analysis-view.ts";
import { type DrawingDomain, domainOf } from "./analysis/drawing-domain.ts";
import { inkColour } from "./analysis/ink-colour.ts";
import { type ReferenceView, referenceView } from "./analysis/reference-view.ts";
import { type RegionColours, regionColours } from "./analysis/region-colours.ts";
import { referenceSight } from "./correspondence/sight.ts";
import { fitProjection, project } from "./describing/projection.ts";
import { DESCRIPTOR_SIZE, describeRegions } from "./describing/region-descriptors.ts";
import { withTones } from "./describing/region-tones.ts";
import { paletteOf } from "./matching/palette.ts";
import { SHADE, type ShownReference, shadeAt, type ToneTable, toneTable } from "./matching/tone-table.ts";
import type { ReferenceLooks, ReferenceModel, ReferenceRegions } from "./port.ts";
import { type Segmentation, segment } from "./segmentation/segment.ts";
import type { Superpixels } from "./segmentation/superpixels.ts";

/** Regions of one reference, and of all together at most. */
const REGIONS_EACH = 2000;
const REGIONS_IN_ALL = 6000;
const PALETTE = 12;
const PROJECTED = 40;
/** Chroma that the most colourful tenth of a reference must reach on average. */
const LEAST_CHROMA = 0.02;

interface SeenReference {
  readonly seen: ReferenceView;
  readonly cut: Segmentation;
  readonly coloured: RegionColours;
}

/**
 * What the references have to give: their regions' colours, how these regions look in each domain that the pages
 * need, and the palette. Once per job. O(pixels of the references), about a second for one of 1,000 x 1,400.
 *
 * @param references at least one; what is beyond 8 megapixels should be shrunk before
 * @param pageKinds kinds of the pages to be coloured
 * @throws RangeError without a reference
 */
export function describeReferences(
  references: readonly Picture[],
  pageKinds: readonly PageKind[],
  seed: number,
): ReferenceModel {
  if (references.length === 0) throw new RangeError("expected a reference at least");
  const wanted = Math.min(REGIONS_EACH, Math.floor(REGIONS_IN_ALL / references.length));
  const all = references.map((reference): SeenReference => {
    const seen = referenceView(reference);
    const cut = segment(seen.view, wanted);
    return { seen, cut, coloured: regionColours(seen, cut.regions) };
  });
  const { palette, regions } = gathered(all, seed);
  const ink = inkColour(all.map(({ seen }) => seen));
  const domains = [...new Set(pageKinds.map(domainOf))];
  const looks = Object.fromEntries(domains.map((domain) => [domain, looksIn(domain, all, ink)]));
  return {
    version: 1,
    hasColour: colourful(regions),
    palette,
    regions,
    sights: all.map(({ seen }) => referenceSight(seen.view)),
    ink,
    looks,
  };
}

function gathered(all: readonly SeenReference[], seed: number): Pick<ReferenceModel, "palette" | "regions"> {
  const colours = joined(all.map(({ coloured }) => coloured.colours));
  const areas = joined(all.map(({ cut }) => Float32Array.from(cut.regions.areas)));
  const total = areas.reduce((sum, area) => sum + area, 0);
  const shares = areas.map((area) => area / Math.max(1, total));
  const palette = paletteOf(colours, shares, PALETTE, seed);
  const regions: ReferenceRegions = {
    count: areas.length,
    colours,
    glows: joined(all.map(({ coloured }) => coloured.glows)),
    areas: shares,
    xs: joined(all.map(({ cut }) => cut.regions.xs)),
    ys: joined(all.map(({ cut }) => cut.regions.ys)),
    firsts: all.map((_, at) => all.slice(0, at).reduce((sum, { cut }) => sum + cut.regions.count, 0)),
    members: palette.members,
    ...joinedGraphs(all.map(({ cut }) => cut)),
  };
  return {
    regions,
    palette: Array.from({ length: palette.count }, (_, at) => ({
      colour: [...palette.colours.subarray(3 * at, 3 * at + 3)] as [number, number, number],
      share: palette.shares[at] as number,
    })),
  };
}

function looksIn(domain: DrawingDomain, all: readonly SeenReference[], ink: Oklab | null): ReferenceLooks {
  const shown = all.map(({ seen }) => ({ seen, shown: viewIn(domain, "reference", seen.view) }));
  const table = toneTable(domain, shown, ink);
  const toned = all.map(({ cut }, at) => {
    const { tone, ink } = (shown[at] as ShownReference).shown;
    return withTones(cut.regions, tone, ink);
  });
  const rows = joined(
    toned.map((regions, at) => describeRegions((shown[at] as ShownReference).shown, regions)),
  );
  const projection = fitProjection(rows, DESCRIPTOR_SIZE, PROJECTED);
  const surplus = joined(
    all.map(({ coloured }, at) => surplusOver(table, coloured, (toned[at] as Superpixels).tones)),
  );
  return { table, surplus, projection, rows: project(projection, rows) };
}

/** How regions' shades differ from the usual ones of their tones. */
function surplusOver(table: ToneTable, { colours, glows }: RegionColours, tones: Float32Array): Float32Array {
  const surplus = new Float32Array(SHADE * tones.length);
  for (const [region, tone] of tones.entries()) {
    for (let part = 0; part < 3; part++)
      surplus[SHADE * region + part] = (colours[3 * region + part] as number) - shadeAt(table, tone, part);
    surplus[SHADE * region + 3] = (glows[region] as number) - shadeAt(table, tone, 3);
  }
  return surplus;
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function joinedGraphs(cuts: readonly Segmentation[]): Pick<ReferenceRegions, "offsets" | "neighbours"> {
  const offsets = [0];
  const neighbours: number[] = [];
  let first = 0;
  for (const { graph, regions } of cuts) {
    const edges = neighbours.length;
    for (const neighbour of graph.neighbours) neighbours.push(first + neighbour);
    for (let region = 1; region <= regions.count; region++)
      offsets.push(edges + (graph.offsets[region] as number));
    first += regions.count;
  }
  return { offsets: Int32Array.from(offsets), neighbours: Int32Array.from(neighbours) };
}

function colourful({ count, colours, areas }: ReferenceRegions): boolean {
  const regions = Array.from({ length: count }, (_, region) => ({
    chroma: Math.hypot(colours[3 * region + 1] as number, colours[3 * region + 2] as number),
    area: areas[region] as number,
  })).sort((a, b) => b.chroma - a.chroma);
  let covered = 0;
  let sum = 0;
  for (const { chroma, area } of regions) {
    if (covered >= 0.1) break;
    covered += area;
    sum += area * chroma;
  }
  return covered > 0 && sum / covered >= LEAST_CHROMA;
}
