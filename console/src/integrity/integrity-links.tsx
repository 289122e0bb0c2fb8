import { SectionLinks } from "../parts/section-links.tsx";
import { useWords } from "../words/shell.ts";
import { useIntegrityWords } from "./words.ts";
import "./integrity.css";

/** From one of integrity's pages to the others. */
export function IntegrityLinks() {
  const words = useIntegrityWords();
  return (
    <SectionLinks
      label={useWords().integrity}
      sections={[
        { to: "/console/integrity", text: words.cases, exact: true },
        { to: "/console/integrity/figures", text: words.dashboards },
        { to: "/console/integrity/sources", text: words.sources },
      ]}
    />
  );
}
