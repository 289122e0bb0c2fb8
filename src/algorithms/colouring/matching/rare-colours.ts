/** How far shares are pulled towards those of the reference: 0 not at all, 1 all the way. */
const PULL = 0.35;
const ROUNDS = 8;

/**
 * Beliefs in palette colours, shifted so that the page uses each colour about as much as the reference does, and rare
 * ones survive: Sinkhorn's scaling with a soft marginal (unbalanced optimal transport, Chizat et al. 2018). In place;
 * rows sum to 1 before and after. O(rounds x regions x colours).
 *
 * @param beliefs `[regions, colours] row-major`
 * @param areas weights of the regions
 * @param shares of the reference; a colour of share 0, which it does not have, is left alone
 */
export function favourRareColours(beliefs: Float32Array, areas: Int32Array, shares: Float32Array): void {
  const colours = shares.length;
  const total = areas.reduce((sum, area) => sum + area, 0);
  for (let round = 0; round < ROUNDS; round++) {
    const used = new Float64Array(colours);
    areas.forEach((area, region) => {
      for (let colour = 0; colour < colours; colour++)
        used[colour] =
          (used[colour] as number) + (area / total) * (beliefs[region * colours + colour] as number);
    });
    const gains = used.map((share, colour) => {
      const wanted = shares[colour] as number;
      return wanted === 0 ? 1 : ((wanted + 1e-4) / (share + 1e-4)) ** (PULL / 2);
    });
    for (let region = 0; region < areas.length; region++) scaleRow(beliefs, region * colours, gains);
  }
}

function scaleRow(beliefs: Float32Array, from: number, gains: Float64Array): void {
  let sum = 0;
  for (let colour = 0; colour < gains.length; colour++) {
    const belief = (beliefs[from + colour] as number) * (gains[colour] as number);
    beliefs[from + colour] = belief;
    sum += belief;
  }
  if (sum > 0)
    for (let colour = 0; colour < gains.length; colour++)
      beliefs[from + colour] = (beliefs[from + colour] as number) / sum;
}
