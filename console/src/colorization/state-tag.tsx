import { Tag, type Tone } from "../parts/tag.tsx";
import { useWords } from "../words/shell.ts";
import type { ColorizationJob } from "./jobs.ts";

const TONES: Readonly<Record<ColorizationJob["status"], Tone>> = {
  queued: "plain",
  running: "plain",
  completed: "good",
  failed: "bad",
  cancelled: "warn",
};

export function StateTag({ state }: { readonly state: ColorizationJob["status"] }) {
  const words = useWords();
  return <Tag tone={TONES[state]}>{words.states[state]}</Tag>;
}
