import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { ActionButton } from "../../parts/action-button.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { KEYS } from "../queries.ts";
import { useTrainingWords } from "../words.ts";
import type { LogLine } from "./live-news.ts";
import { MOST_LINES } from "./use-live-job.ts";

const FIRST_LINES = 500;
const ROW_HEIGHT = 22;

interface LogTailProps {
  readonly id: number;
  readonly everyMs: number | false;
}

/** What the trainer wrote, the newest at the end; follows while the end is in sight. */
export function LogTail({ id, everyMs }: LogTailProps) {
  const words = useTrainingWords();
  const client = useClient();
  const queries = useQueryClient();
  const [isAll, setAll] = useState(false);
  const logs = useQuery<readonly LogLine[]>({
    queryKey: KEYS.logs(id),
    queryFn: async () => {
      const known = queries.getQueryData<readonly LogLine[]>(KEYS.logs(id)) ?? [];
      const after = known.at(-1)?.id;
      const fresh = await client.call(contract.trainingLogs, { job_id: id, limit: FIRST_LINES, after });
      return [...known, ...fresh].slice(-MOST_LINES);
    },
    refetchInterval: everyMs,
  });
  const earlier = async () => {
    const first = logs.data?.[0]?.id;
    const older = await client.call(contract.trainingLogs, { job_id: id, limit: FIRST_LINES, before: first });
    setAll(older.length < FIRST_LINES);
    queries.setQueryData<readonly LogLine[]>(KEYS.logs(id), (known) => [...older, ...(known ?? [])]);
  };
  return (
    <Loaded query={logs}>
      {(lines) =>
        lines.length === 0 ? (
          <p>{words.noLines}</p>
        ) : (
          <div className="stack">
            {!isAll && lines.length >= FIRST_LINES && lines.length < MOST_LINES && (
              <p>
                <ActionButton onAct={earlier}>{words.earlierLines}</ActionButton>
              </p>
            )}
            <Lines lines={lines} />
          </div>
        )
      }
    </Loaded>
  );
}

function Lines({ lines }: { readonly lines: readonly LogLine[] }) {
  const words = useTrainingWords();
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
  });
  useEffect(() => {
    if (follows.current) virtual.scrollToIndex(lines.length - 1, { align: "end" });
  }, [virtual, lines.length]);
  return (
    <div
      className="log card"
      role="log"
      aria-label={words.jobViews.log}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      ref={box}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < 2 * ROW_HEIGHT;
      }}
    >
      <ol style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index] as LogLine;
          return (
            <li key={line.id} className={line.level} style={{ transform: `translateY(${start}px)` }}>
              <time dateTime={line.created_at}>{line.created_at.slice(11, 19)}</time> {line.message}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
