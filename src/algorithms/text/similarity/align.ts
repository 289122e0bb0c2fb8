import type { Words } from "../words.ts";
import { chainRuns } from "./chain-runs.ts";
import { FINGERPRINT_CHAINING, TEXT_CHAINING } from "./chaining.ts";
import type { Fingerprints } from "./fingerprints.ts";
import { joinChains } from "./join-chains.ts";
import type { Alignment, Passage } from "./passages.ts";
import { findSharedFingerprints, hashesByWord, placesOf } from "./shared-fingerprints.ts";
import { findSharedRuns, type SharedRuns } from "./shared-runs.ts";
import { hashWords } from "./word-hashes.ts";

/**
 * Passages of one text that stand in another, word for word or with changes, in the order of the suspicious text and
 * without overlap there. Places are exact to the character. Near linear in the words of both, whatever they repeat.
 *
 * Source: spec/integrity.md section 3a; seeds, extension and filtering as in Sanchez-Perez, Sidorov, Gelbukh, "A winning
 * approach to text alignment for text reuse detection at PAN 2014", with chains for clusters.
 */
export function alignTexts(suspicious: Words, source: Words): Passage[] {
  const hashes = hashWords(suspicious);
  const runs = findSharedRuns(hashes, hashWords(source));
  return passagesOf(runs, hashes, { suspicious, source, chaining: TEXT_CHAINING });
}

/**
 * The same where only fingerprints of the source were kept: passages begin and end with a shared fingerprint, words are
 * counted and places known between them about (`similarity` is too low), and heavily edited ones are missed.
 * O(n log n) in the fingerprints.
 *
 * @param suspicious `everyShingle` of the text under analysis, where it is at hand, finds more than its `fingerprint`.
 */
export function alignFingerprints(suspicious: Fingerprints, source: Fingerprints): Passage[] {
  const runs = findSharedFingerprints(suspicious, source);
  return passagesOf(runs, hashesByWord(suspicious), {
    suspicious: placesOf(suspicious),
    source: placesOf(source),
    chaining: FINGERPRINT_CHAINING,
  });
}

/** `hashes` of the suspicious text by word, 0 where there is none. */
function passagesOf(runs: SharedRuns, hashes: Uint32Array, alignment: Alignment): Passage[] {
  const { suspicious, source, chaining } = alignment;
  const chains = chainRuns(runs, suspicious.starts.length, source.starts.length, chaining);
  return joinChains(chains, alignment).filter((passage) => isVaried(passage, hashes));
}

function isVaried({ runs, alignment }: Passage, hashes: Uint32Array): boolean {
  const { minDifferent } = alignment.chaining;
  const different = new Set<number>();
  for (const { suspicious, words } of runs) {
    for (let word = suspicious; word < suspicious + words; word++) {
      if (hashes[word] !== 0) different.add(hashes[word]!);
      if (different.size >= minDifferent) return true;
    }
  }
  return false;
}
