import { Tag, type Tone } from "../parts/tag.tsx";
import type { JobStatus } from "./queries.ts";
import { useTrainingWords } from "./words.ts";

const TONES: Readonly<Record<JobStatus, Tone>> = {
  pending: "plain",
  queued: "plain",
  running: "plain",
  completed: "good",
  failed: "bad",
  stopped: "warn",
};

export function StatusTag({ status }: { readonly status: JobStatus }) {
  const words = useTrainingWords();
  return <Tag tone={TONES[status]}>{words.statuses[status]}</Tag>;
}
