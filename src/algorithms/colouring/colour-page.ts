import { grayGlow } from "../colour/gray-glow.ts";
import type { Oklab } from "../colour/oklab.ts";
import { pageView } from "./analysis/analysis-view.ts";
import { domainOf } from "./analysis/drawing-domain.ts";
import { foundExemplars } from "./found-exemplars.ts";
import { type MatchedRegions, matchRegions } from "./match-regions.ts";
import { SHADE, shadeAt } from "./matching/tone-table.ts";
import { composePage } from "./painting/compose-page.ts";
import { hintedRegions } from "./painting/hinted-regions.ts";
import { paintPlanes } from "./painting/paint-planes.ts";
import { spreadColours } from "./painting/spread-colours.ts";
import { paletteDrift } from "./palette-drift.ts";
import type { ColouredPage, ColouringRequest } from "./port.ts";
import { joinedSeen, seenColours } from "./seen-colours.ts";
import type { RegionGraph } from "./segmentation/region-graph.ts";
import { type Segmentation, segment } from "./segmentation/segment.ts";
import { bandOfPage, bandOfPrepared, bandsOf, layBand } from "./strips.ts";

const REGIONS = 2000;
/** How much neighbours count when colours are spread, against a region that is certain of its own. */
const SMOOTHNESS = 20;
/**
 * How much of what the candidates have beyond the usual shade of a tone is taken over: by a region without any
 * confidence, and how much more by one with all of it; never more than all.
 */
const LEAST_TRUST = 0.2;
const TRUST = 0.9;
/** A hint is as good as fixed. */
const HINTED = 1000;
/** How many times more sure of itself a region of a figure is that was found on a reference: it takes little of its neighbours'. */
const CORRESPONDING = 15;
/** A region that takes a locked colour takes little of its neighbours'. */
const LOCKED = 400;

/**
 * A page in the references' colours. Long strips are coloured band by band, each with what the ones before it settled
 * on. The same request gives the same bytes. O(pixels + regions x candidates): about one CPU-second for 975 x 1500.
 *
 * Source: spec/colorization.md section 5, points 3 to 9.
 * @throws RangeError when page and prepared page differ in size, or the references were not described for its kind
 */
export function colourPage(request: ColouringRequest): ColouredPage {
  const { page, prepared } = request;
  if (page.width !== prepared.ink.width || page.height !== prepared.ink.height)
    throw new RangeError("expected a page and its own preparation, of one size");
  const bands = bandsOf(page);
  if (bands.length === 1) return colourBand(request);
  const data = page.data.slice();
  const done: ColouredPage[] = [];
  let bottom = 0;
  for (const band of bands) {
    const part = colourBand({
      ...request,
      page: bandOfPage(page, band),
      prepared: bandOfPrepared(prepared, band),
      hints: request.hints.map(({ place, colour }) => ({
        place: { ...place, y: place.y - band.top },
        colour,
      })),
      exemplars: [...request.exemplars, ...(done.at(-1)?.exemplars ?? [])],
    });
    layBand(data, part.picture, band, bottom);
    bottom = band.bottom;
    done.push(part);
  }
  return joined({ ...page, data }, done);
}

function colourBand(request: ColouringRequest): ColouredPage {
  const { page, prepared, references, exemplars, strength } = request;
  const domain = domainOf(prepared.kind);
  const view = pageView(prepared);
  const cut = segment(view, REGIONS);
  const matched = matchRegions(domain, view, cut, references, exemplars, request.characters);
  const { table } = matched.candidates;
  const lightness = domain === "plain" ? "added" : "own";
  const hinted = hintedRegions(request.hints, page, view, cut);
  const confidence = sureness(matched);
  const wanted = wantedSurplus(matched, confidence, lightness);
  const set = (region: number, colour: Oklab, sure: number) => {
    const shade = lightness === "own" ? colour : [grayGlow(colour), colour[1], colour[2]];
    const tone = matched.tones[region] as number;
    wanted.set(
      shade.map((value, part) => value - shadeAt(table, tone, partOf(lightness, part))),
      3 * region,
    );
    confidence[region] = sure;
  };
  const locked = new Set(matched.candidates.locked.values());
  for (const [region, label] of matched.choice.labels.entries())
    if (locked.has(label)) set(region, colourOf(matched.candidates.palette, label), LOCKED);
  for (const { region, colour } of hinted) set(region, colour, HINTED);
  const isLocked = (region: number) => locked.has(matched.choice.labels[region] as number);
  const spread = spreadColours(wanted, confidence, withoutLeaks(cut.graph, isLocked), SMOOTHNESS);
  if (lightness === "own") addUsual(spread, matched);
  const [l, a, b] = paintPlanes(view, cut, spread);
  const { width, height } = view;
  return {
    picture: composePage(
      page,
      prepared,
      { width, height, lightness, table, ink: references.ink, l, a, b },
      strength,
    ),
    exemplars: foundExemplars(domain, matched.descriptors, cut.regions.areas, matched.choice, locked),
    seen: seenColours(matched, shownColours(spread, matched, lightness), cut.regions.areas),
    paletteDrift: driftOf(matched, cut, references.regions.count),
    regions: cut.regions.count,
    confidence: mean(matched.choice.confidence),
  };
}

/** How sure each region is of its colour: above 1 where it belongs to a figure that was found. */
function sureness({ choice, certainty }: MatchedRegions): Float32Array {
  return choice.confidence.map((own, region) => own * (1 + CORRESPONDING * (certainty[region] as number)));
}

/** `[regions, 3]`: what each region is to have beyond the usual shade of its tone. */
function wantedSurplus(
  { choice: { surplus }, tones }: MatchedRegions,
  confidence: Float32Array,
  lightness: "added" | "own",
): Float32Array {
  const wanted = new Float32Array(3 * tones.length);
  for (let region = 0; region < tones.length; region++) {
    const trust = Math.min(1, LEAST_TRUST + TRUST * (confidence[region] as number));
    for (let part = 0; part < 3; part++)
      wanted[3 * region + part] = trust * (surplus[SHADE * region + partOf(lightness, part)] as number);
  }
  return wanted;
}

/** Which part of a shade a plane holds: where the page keeps its lightness, the glow takes the place of l. */
function partOf(lightness: "added" | "own", plane: number): number {
  return plane === 0 && lightness === "added" ? 3 : plane;
}

/** Adds the usual shade of each region's tone. */
function addUsual(spread: Float32Array, { tones, candidates: { table } }: MatchedRegions): void {
  for (let at = 0; at < spread.length; at++)
    spread[at] = (spread[at] as number) + shadeAt(table, tones[Math.floor(at / 3)] as number, at % 3);
}

/** What is locked and what is not take nothing of each other. */
function withoutLeaks(graph: RegionGraph, isLocked: (region: number) => boolean): RegionGraph {
  const weights = graph.weights.slice();
  for (let region = 0; region + 1 < graph.offsets.length; region++)
    for (let edge = graph.offsets[region] as number; edge < (graph.offsets[region + 1] as number); edge++)
      if (isLocked(region) !== isLocked(graph.neighbours[edge] as number)) weights[edge] = 0;
  return { ...graph, weights };
}

function colourOf(palette: Float32Array, label: number): Oklab {
  return [palette[3 * label] as number, palette[3 * label + 1] as number, palette[3 * label + 2] as number];
}

/**
 * `[regions, 3] row-major`, OKLab: what the regions were given. Where the page keeps its lightness, that of the colour
 * which was chosen stands for it.
 */
function shownColours(
  spread: Float32Array,
  { tones, choice: { labels }, candidates: { table, palette } }: MatchedRegions,
  lightness: "added" | "own",
): Float32Array {
  if (lightness === "own") return spread;
  return spread.map((value, at) => {
    const region = Math.floor(at / 3);
    if (at % 3 === 0) return palette[3 * (labels[region] as number)] as number;
    return value + shadeAt(table, tones[region] as number, at % 3);
  });
}

function driftOf({ choice, candidates }: MatchedRegions, cut: Segmentation, own: number): number | null {
  const page = { labels: choice.labels, colours: choice.colours, weights: cut.regions.areas };
  return paletteDrift(page, {
    labels: candidates.labels.subarray(own),
    colours: candidates.colours.subarray(3 * own),
    weights: candidates.weights.subarray(own),
  });
}

function joined(picture: ColouredPage["picture"], parts: readonly ColouredPage[]): ColouredPage {
  const regions = parts.reduce((sum, part) => sum + part.regions, 0);
  const drifts = parts.flatMap((part) => (part.paletteDrift === null ? [] : [part.paletteDrift]));
  return {
    picture,
    exemplars: parts
      .flatMap((part) => part.exemplars)
      .sort((a, b) => b.confidence - a.confidence)
      .slice(0, 200),
    seen: joinedSeen(parts.map(({ seen, regions }) => ({ seen, regions }))),
    paletteDrift: drifts.length === 0 ? null : mean(drifts),
    regions,
    confidence: parts.reduce((sum, part) => sum + (part.confidence * part.regions) / Math.max(1, regions), 0),
  };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  return values.length === 0 ? 0 : sum / values.length;
}
