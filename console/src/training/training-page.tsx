import { type ReactNode, useState } from "react";
import { useSession } from "../api/session.tsx";
import { Page } from "../parts/page.tsx";
import { SectionLinks } from "../parts/section-links.tsx";
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
      <SectionLinks
        label={shell.training}
        sections={[
          { to: "/console/training", text: words.jobs, exact: true },
          { to: "/console/training/datasets", text: words.datasets },
        ]}
      />
      {session !== undefined && !isIn && <SignIn why={wasIn ? shell.signInExpired : shell.signInWhy} />}
      {wasIn && <div hidden={!isIn}>{children}</div>}
    </Page>
  );
}

/** Whether to ask for anything: nothing of training is shown to others, and their questions are refused. */
export function useIsSignedIn(): boolean {
  return useSession().session?.user != null;
}
