import { useState } from "react";
import { isUnderWay, useJobs } from "../api/jobs.ts";
import { Dialog } from "../parts/dialog.tsx";
import { useWords } from "../words/shell.ts";
import { Icon } from "./icons.tsx";
import { JobList } from "./job-list.tsx";

const SHOWN = 50;

/** How many jobs are under way; opens the list. */
export function RunningJobs() {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const jobs = useJobs(SHOWN);
  const running = jobs.data?.filter(isUnderWay).length ?? 0;
  return (
    <>
      <button type="button" className="quiet running-jobs" onClick={() => setOpen(true)}>
        <Icon name="jobs" />
        {words.jobsRunning(running)}
      </button>
      {open && (
        <Dialog title={words.jobs} onClose={() => setOpen(false)} wide>
          <JobList limit={SHOWN} />
        </Dialog>
      )}
    </>
  );
}
