import { Link } from "@tanstack/react-router";
import { Tag } from "../parts/tag.tsx";
import { type ColorizationJob, pictureUrl } from "./jobs.ts";
import { useColorizationWords } from "./words.ts";

const THUMBNAIL_PX = 320;

/** Pages as small pictures; those that are still to come, that failed, and that were left as they are, say so. */
export function PageGrid({ job }: { readonly job: ColorizationJob }) {
  const words = useColorizationWords();
  const failed = new Map(job.failed_pages.map(({ page_num, error }) => [page_num, error]));
  const skipped = new Set(job.skipped_pages);
  const done = new Set(job.done_pages);
  const known = [...new Set([...done, ...failed.keys(), ...skipped])];
  // which numbers are still to come is not known before they come: as many places as there are pages
  const toCome = Math.max(0, job.progress.total_pages - known.length);
  const last = Math.max(0, ...known);
  const all = [...known, ...Array.from({ length: toCome }, (_, index) => last + 1 + index)].sort(
    (a, b) => a - b,
  );
  if (all.length === 0) return <p>{words.noPages}</p>;
  return (
    <ol className="page-grid">
      {all.map((page) => {
        const error = failed.get(page);
        return (
          <li key={page}>
            {done.has(page) && error === undefined ? (
              <Link
                to="/console/colorization/jobs/$jobId/pages/$pageNum"
                params={{ jobId: job.job_id, pageNum: String(page) }}
              >
                <img
                  src={pictureUrl(job.chapter_id, page, "colorized", job.job_id, THUMBNAIL_PX)}
                  alt={words.page(page)}
                  loading="lazy"
                />
              </Link>
            ) : (
              <div className={error === undefined ? "page-to-come" : "page-to-come bad"}>
                {error ?? words.waiting}
              </div>
            )}
            <p>
              {words.page(page)} {error !== undefined && <Tag tone="bad">{words.failedPage}</Tag>}
              {skipped.has(page) && <small>{words.skippedPage}</small>}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
