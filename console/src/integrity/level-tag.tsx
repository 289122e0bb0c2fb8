import type { Level } from "../../../src/contracts/integrity/index.ts";
import { Tag, type Tone } from "../parts/tag.tsx";
import { useIntegrityWords } from "./words.ts";

const TONES: Readonly<Record<Level, Tone>> = { BAJO: "good", MEDIO: "warn", ALTO: "bad" };

/** Low, medium or high, in words and colour. */
export function LevelTag({ level }: { readonly level: Level }) {
  const words = useIntegrityWords();
  return <Tag tone={TONES[level]}>{words.levels[level]}</Tag>;
}
