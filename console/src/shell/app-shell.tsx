import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { useSession } from "../api/session.tsx";
import { useWords } from "../words/shell.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Icon, type IconName } from "./icons.tsx";
import { RunningJobs } from "./running-jobs.tsx";
import { SYSTEMS } from "./systems.ts";

/** Navigation at the side, what is under way above, the page in the middle. */
export function AppShell() {
  return (
    <Suspense>
      <Frame />
    </Suspense>
  );
}

function Frame() {
  const words = useWords();
  const { session, offline } = useSession();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever was gone to, the menu of small screens closes
  useEffect(() => setOpen(false), [pathname]);
  const mounted = session?.systems.map(({ name }) => name);
  const shown = SYSTEMS.filter((name) => mounted?.includes(name) ?? true);
  return (
    <div className={open ? "shell open" : "shell"}>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <nav id="navigation" aria-label={words.navigation}>
        <Link to="/console" className="wordmark">
          <svg viewBox="0 0 28 26" aria-hidden="true">
            <path d="M2 4h24M2 10h16M2 16h24M2 22h16" />
          </svg>
          Quatrain
        </Link>
        <ul>
          <Item to="/console" icon="overview" text={words.overview} exact />
          {shown.map((name) => (
            <Item key={name} to={`/console/${name}`} icon={name} text={words[name]} />
          ))}
          {session?.user?.role === "admin" && (
            <Item to="/console/accounts" icon="accounts" text={words.accounts} />
          )}
        </ul>
        <footer>
          <a href="/_/docs">{words.apiDocs}</a>
          {session && <small>{words.version(session.version)}</small>}
        </footer>
      </nav>
      <header className="top">
        <button
          type="button"
          className="quiet menu"
          aria-expanded={open}
          aria-controls="navigation"
          onClick={() => setOpen(!open)}
        >
          <Icon name="jobs" />
          <span className="visually-hidden">{words.menu}</span>
        </button>
        {offline && (
          <p className="offline" role="alert">
            {words.offline}
          </p>
        )}
        <RunningJobs />
        <AccountMenu />
      </header>
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<p className="loading">{words.loading}</p>}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}

interface ItemProps {
  readonly to: string;
  readonly icon: IconName;
  readonly text: string;
  readonly exact?: boolean;
}

function Item({ to, icon, text, exact = false }: ItemProps) {
  return (
    <li>
      <Link to={to} activeOptions={{ exact }} activeProps={{ "aria-current": "page" }}>
        <Icon name={icon} />
        {text}
      </Link>
    </li>
  );
}
