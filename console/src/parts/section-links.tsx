import { Link, type LinkProps } from "@tanstack/react-router";

export interface Section {
  readonly to: LinkProps["to"];
  readonly text: string;
  /** Only this very address is it, none below. */
  readonly exact?: boolean;
}

export interface SectionLinksProps {
  readonly label: string;
  readonly sections: readonly Section[];
}

/** From one of a system's pages to the others. */
export function SectionLinks({ label, sections }: SectionLinksProps) {
  return (
    <nav className="section-links" aria-label={label}>
      {sections.map(({ to, text, exact = false }) => (
        <Link key={to} to={to} activeOptions={{ exact }} activeProps={{ "aria-current": "page" }}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
