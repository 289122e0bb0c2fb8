import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useSession } from "../api/session.tsx";
import { Page } from "../parts/page.tsx";
import { SignIn } from "../shell/sign-in.tsx";
import { useWords } from "../words/shell.ts";
import { useTrainingWords } from "./words.ts";
import "./training.css";

export interface TrainingPageProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A page of training, for those who are signed in. Where a session ends, the page stays as it is behind the form: what
 * was typed is there again afterwards.
 */
export function TrainingPage({ title, actions, children }: TrainingPageProps) {
  const words = useTrainingWords();
  const shell = useWords();
  const { session } = useSession();
  const isIn = session?.user != null;
  const [wasIn, setWasIn] = useState(isIn);
  if (isIn && !wasIn) setWasIn(true);
  return (
    <Page title={title} actions={isIn ? actions : undefined}>
      <nav className="section-nav" aria-label={shell.training}>
        <Link to="/console/training" activeOptions={{ exact: true }} activeProps={{ "aria-current": "page" }}>
          {words.jobs}
        </Link>
        <Link
          to="/console/training/datasets"
          activeOptions={{ exact: false }}
          activeProps={{ "aria-current": "page" }}
        >
          {words.datasets}
        </Link>
      </nav>
      {session !== undefined && !isIn && <SignIn why={wasIn ? shell.signInExpired : shell.signInWhy} />}
      {wasIn && <div hidden={!isIn}>{children}</div>}
    </Page>
  );
}

/** Whether to ask for anything: nothing of training is shown to others, and their questions are refused. */
export function useIsSignedIn(): boolean {
  return useSession().session?.user != null;
}
