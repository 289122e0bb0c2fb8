import { Link } from "@tanstack/react-router";
import { useIntegrityWords } from "./words.ts";
import "./integrity.css";

/** From one of integrity's pages to the others. */
export function SectionLinks() {
  const words = useIntegrityWords();
  const current = { "aria-current": "page" } as const;
  const exact = { exact: true } as const;
  return (
    <nav className="section-links" aria-label={words.cases}>
      <Link to="/console/integrity" activeProps={current} activeOptions={exact}>
        {words.cases}
      </Link>
      <Link to="/console/integrity/figures" activeProps={current}>
        {words.dashboards}
      </Link>
      <Link to="/console/integrity/sources" activeProps={current}>
        {words.sources}
      </Link>
    </nav>
  );
}
