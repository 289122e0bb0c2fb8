import { type AnalysisView, viewIn } from "./analysis/analysis-view.ts";
import type { DrawingDomain } from "./analysis/drawing-domain.ts";
import { correspondences } from "./correspondence/correspondences.ts";
import { project } from "./describing/projection.ts";
import { describeRegions } from "./describing/region-descriptors.ts";
import { withTones } from "./describing/region-tones.ts";
import { type Candidates, candidatesOf } from "./matching/candidates.ts";
import { withCorrespondingVotes } from "./matching/corresponding-votes.ts";
import { believeInLocked, type FoundCharacters, findCharacters } from "./matching/found-characters.ts";
import { agreeWithNeighbours } from "./matching/mean-field.ts";
import { nearestRows } from "./matching/nearest.ts";
import { favourRareColours } from "./matching/rare-colours.ts";
import { chosenColours, type RegionChoice } from "./matching/region-choice.ts";
import { votesOf } from "./matching/votes.ts";
import type { CharacterColour, Exemplar, ReferenceModel } from "./port.ts";
import type { Segmentation } from "./segmentation/segment.ts";

/** The regions of a page with the colours that they were matched with. */
export interface MatchedRegions {
  readonly choice: RegionChoice;
  readonly found: FoundCharacters;
  readonly candidates: Candidates;
  /** 0..1: how certain it is which place of a reference each region corresponds to. */
  readonly certainty: Float32Array;
  /** `[regions, DESCRIPTOR_SIZE] row-major` */
  readonly descriptors: Float32Array;
  /** Each region's tone in the domain. */
  readonly tones: Float32Array;
}

const NEAREST = 24;
/** How many times a neighbour that is all alike counts. */
const TIE = 6;

/**
 * Which colour each region takes: the nearest of the references' regions and exemplars vote for their colours, and those
 * that lie where a figure corresponds in their stead; rare colours are favoured, neighbours agree, and the colour believed in most is taken (spec/colorization.md section 5,
 * points 4 to 6). O(regions x candidates).
 */
export function matchRegions(
  domain: DrawingDomain,
  view: AnalysisView,
  cut: Segmentation,
  references: ReferenceModel,
  exemplars: readonly Exemplar[],
  characters: readonly CharacterColour[] = [],
): MatchedRegions {
  const candidates = candidatesOf(references, domain, exemplars, characters);
  const seen = viewIn(domain, "page", view);
  const regions = withTones(cut.regions, seen.tone, seen.ink);
  const descriptors = describeRegions(seen, regions);
  const rows = project(candidates.projection, descriptors);
  const nearest = nearestRows(rows, candidates.rows, candidates.projection.to, NEAREST);
  const joint = withCorrespondingVotes(
    { votes: votesOf(nearest, candidates), nearest },
    { ...cut, regions },
    rows,
    candidates,
    references.regions,
    correspondences(view, references.sights),
  );
  const { votes } = joint;
  const matched = { rows, nearest, beliefs: votes.beliefs };
  const found = findCharacters(matched, candidates, domain, characters);
  favourRareColours(votes.beliefs, cut.regions.areas, candidates.shares);
  believeInLocked(votes.beliefs, found, candidates);
  const beliefs = agreeWithNeighbours(votes.beliefs, candidates.shares.length, cut.graph, TIE);
  const choice = chosenColours(beliefs, votes, joint.nearest, candidates, regions.tones);
  return { choice, found, candidates, certainty: joint.certainty, descriptors, tones: regions.tones };
}
