import { auroc } from "../../src/algorithms/anomaly/auroc.ts";
import { GRIDS, type GridMaps, type Maps } from "./grid-maps.ts";

type Weights = Readonly<Partial<Record<keyof Maps, number>>>;
/** How a set's maps become one for each picture. */
type Combination = (set: GridMaps) => (maps: Maps) => Float32Array;

const SHIPPED: Weights = { fine: 1, half: 1, ridge: 0.5 };
const CHOICES: readonly Weights[] = [
  SHIPPED,
  { fine: 2, half: 1, ridge: 0.5 },
  { fine: 1, half: 2, ridge: 0.5 },
  { fine: 1, half: 1, ridge: 1.5 },
  { fine: 1, ridge: 0.5 },
  { half: 1, ridge: 0.5 },
];
/** So much better must a choice be on the pasted flaws to be taken. */
const MARGIN = 0.03;

/** The first is what the gains are counted from. */
export const COMBINATIONS: readonly (readonly [string, Combination])[] = [
  ["fine + half + lines/2 (the recipe)", sum(SHIPPED)],
  ["fine + coarse + half", sum({ fine: 1, coarse: 1, half: 1 })],
  ["fine + coarse + half + lines/2", sum({ fine: 1, coarse: 1, half: 1, ridge: 0.5 })],
  ["1.5 fine + coarse/2 + half + lines/2", sum({ fine: 1.5, coarse: 0.5, half: 1, ridge: 0.5 })],
  ["fine + half", sum({ fine: 1, half: 1 })],
  ["1.5 fine + half + lines/2", sum({ fine: 1.5, half: 1, ridge: 0.5 })],
  ["2 fine + half + lines/2", sum({ fine: 2, half: 1, ridge: 0.5 })],
  ["fine + half + lines", sum({ fine: 1, half: 1, ridge: 1 })],
  ["fine", sum({ fine: 1 })],
  ["coarse", sum({ coarse: 1 })],
  ["half", sum({ half: 1 })],
  ["lines", sum({ ridge: 1 })],
  ["each by its own deviation, summed", normalised(SHIPPED, deviationOf, addUp)],
  ["each by the good maxima, summed", normalised(SHIPPED, maximaOf, addUp)],
  ["the greatest", normalised(SHIPPED, () => [0, 1], greatest)],
  ["each by its own deviation, the greatest", normalised(SHIPPED, deviationOf, greatest)],
  ["each by the good maxima, the greatest", normalised(SHIPPED, maximaOf, greatest)],
  ["mean good heat of a place taken off", withoutPlaces(SHIPPED)],
  ["weights by pasted flaws", byPastedFlaws(0)],
  ["weights by pasted flaws, where they win by 3", byPastedFlaws(MARGIN)],
];

/** AUROC of maxima, and of pixels (every so many-th good one). */
export function figuresOf(set: GridMaps, combination: Combination): { image: number; pixel: number } {
  const combine = combination(set);
  const good = set.good.map(combine);
  const bad = set.bad.map(({ maps, truth }) => ({ map: combine(maps), truth }));
  const pixels = { good: good.flatMap((map) => [...map]), bad: [] as number[] };
  for (const { map, truth } of bad)
    for (const [at, heat] of map.entries()) (truth[at] === 1 ? pixels.bad : pixels.good).push(heat);
  return {
    image:
      auroc(
        good.map(greatestOf),
        bad.map(({ map }) => greatestOf(map)),
      ) ?? Number.NaN,
    pixel: auroc(pixels.good, pixels.bad) ?? Number.NaN,
  };
}

function sum(weights: Weights): Combination {
  return () => (maps) => addUp(partsOf(maps, weights));
}

/** @param scaleOf from a grid's maps of the good pictures: what is taken off, and what divides the rest */
function normalised(
  weights: Weights,
  scaleOf: (good: readonly Float32Array[]) => readonly [number, number],
  join: (parts: readonly Float32Array[]) => Float32Array,
): Combination {
  return ({ fit }) => {
    const scales = namesOf(weights).map((name) => scaleOf(fit.map((maps) => maps[name])));
    return (maps) =>
      join(
        partsOf(maps, weights).map((part, at) => {
          const [off, by] = scales[at]!;
          const weight = weights[namesOf(weights)[at]!]!;
          return part.map((heat) => (heat - weight * off) / by);
        }),
      );
  };
}

function withoutPlaces(weights: Weights): Combination {
  return ({ fit }) => {
    const maps = fit.map((one) => addUp(partsOf(one, weights)));
    const usual = addUp(maps).map((heat) => heat / maps.length);
    return (one) => addUp(partsOf(one, weights)).map((heat, at) => heat - (usual[at] ?? 0));
  };
}

/** The weights that tell pasted flaws from the good pictures best, if they win by the margin. */
function byPastedFlaws(margin: number): Combination {
  return ({ fit, pasted }) => {
    const worth = CHOICES.map((weights) => {
      const maxima = (all: readonly Maps[]) => all.map((maps) => greatestOf(addUp(partsOf(maps, weights))));
      return auroc(maxima(fit), maxima(pasted)) ?? 0;
    });
    const best = worth.indexOf(Math.max(...worth));
    const chosen = worth[best]! > worth[0]! + margin ? CHOICES[best]! : SHIPPED;
    return (maps) => addUp(partsOf(maps, chosen));
  };
}

function namesOf(weights: Weights): (keyof Maps)[] {
  return GRIDS.filter((name) => weights[name] !== undefined);
}

function partsOf(maps: Maps, weights: Weights): Float32Array[] {
  return namesOf(weights).map((name) => maps[name].map((heat) => weights[name]! * heat));
}

function addUp([first, ...rest]: readonly Float32Array[]): Float32Array {
  const total = first!.slice();
  for (const part of rest) for (let at = 0; at < total.length; at++) total[at] = total[at]! + part[at]!;
  return total;
}

function greatest([first, ...rest]: readonly Float32Array[]): Float32Array {
  return first!.map((heat, at) => Math.max(heat, ...rest.map((part) => part[at]!)));
}

function greatestOf(map: Float32Array): number {
  return map.reduce((most, heat) => Math.max(most, heat), Number.NEGATIVE_INFINITY);
}

/** Mean and deviation of the good pictures' heat. */
function deviationOf(good: readonly Float32Array[]): readonly [number, number] {
  const all = good.flatMap((map) => [...map]);
  const mean = all.reduce((total, heat) => total + heat, 0) / all.length;
  return [mean, Math.sqrt(all.reduce((total, heat) => total + (heat - mean) ** 2, 0) / all.length)];
}

/** How far above their mean the good pictures' heat goes. */
function maximaOf(good: readonly Float32Array[]): readonly [number, number] {
  const [mean] = deviationOf(good);
  const maxima = good.map(greatestOf);
  return [mean, maxima.reduce((total, heat) => total + heat - mean, 0) / maxima.length + 1e-6];
}
