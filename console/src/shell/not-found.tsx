import { Link } from "@tanstack/react-router";
import { Page } from "../parts/page.tsx";
import { useWords } from "../words/shell.ts";

export function NotFound() {
  const words = useWords();
  return (
    <Page title={words.notFound}>
      <p>
        <Link to="/console">{words.overview}</Link>
      </p>
    </Page>
  );
}
