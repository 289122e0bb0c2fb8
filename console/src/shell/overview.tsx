import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ClientError } from "../../../src/client/index.ts";
import * as platform from "../../../src/contracts/platform/index.ts";
import { useClient } from "../api/session.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Page } from "../parts/page.tsx";
import { Tag } from "../parts/tag.tsx";
import { useWords } from "../words/shell.ts";
import { Icon, type IconName } from "./icons.tsx";
import { JobList } from "./job-list.tsx";
import { SYSTEMS } from "./systems.ts";

const LOOK_MS = 10_000;
const JOBS = 8;

/** The four systems with their health, and what has been done lately. */
export function Overview() {
  const words = useWords();
  const client = useClient();
  const health = useQuery({
    queryKey: ["health"],
    queryFn: () => client.call(platform.ready, {}),
    refetchInterval: LOOK_MS,
    retry: (_count, error) => !(error instanceof ClientError),
  });
  return (
    <Page title={words.overview}>
      <Loaded query={health}>
        {({ systems }) => (
          <ul className="cards">
            {Object.entries(systems).map(([name, { ready, reason }]) => (
              <li key={name}>
                <Link to={addressOf(name)}>
                  <Icon name={name as IconName} />
                  <h2>{words[name as keyof typeof words.purposes]}</h2>
                  <p>{words.purposes[name as keyof typeof words.purposes]}</p>
                  <Tag tone={ready ? "good" : "bad"}>{ready ? words.ready : words.notReady}</Tag>
                  {reason && <small>{reason}</small>}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <section>
        <h2>{words.recentJobs}</h2>
        <JobList limit={JOBS} />
      </section>
    </Page>
  );
}

/** Where a system's pages begin; this page, where it has none here. */
function addressOf(name: string) {
  return SYSTEMS.find((known) => known === name) === undefined
    ? "/console"
    : (`/console/${name}` as "/console");
}
