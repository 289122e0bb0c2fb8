import type { OldCase } from "../../../contracts/integrity/index.ts";

const MOST_CASES = 200;
/** UTF-16 units of the texts of one request; escaped, they stay under the contract's 64 MiB. */
const MOST_CHARACTERS = 8_000_000;

/** Cases in requests that the server takes whole. */
export function* batchesOf(cases: Iterable<OldCase>): Generator<OldCase[]> {
  let [batch, characters]: [OldCase[], number] = [[], 0];
  for (const one of cases) {
    const length = one.texto?.length ?? 0;
    if (batch.length === MOST_CASES || (batch.length > 0 && characters + length > MOST_CHARACTERS)) {
      yield batch;
      [batch, characters] = [[], 0];
    }
    batch.push(one);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}
