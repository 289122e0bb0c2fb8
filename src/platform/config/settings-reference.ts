import type { Setting } from "./setting.ts";
import { SETTINGS } from "./settings.ts";

/** docs/reference/settings.md, from the table of the settings. */
export function settingsReference(): string {
  const rows = Object.entries<Setting<unknown>>(SETTINGS).map(
    ([name, setting]) => `| \`${name}\` | ${fallbackOf(setting)} | ${setting.takes} | ${setting.help} |`,
  );
  return `# Settings

Written by \`node scripts/write-settings-reference.ts\` from \`src/platform/config/settings.ts\`: edit that table, not this page.

A setting comes from the command line, or the environment, or the config file (a JSON object of the same names, whose
path stands in \`QUATRAIN_CONFIG\`), the first that has it. Blank counts as absent. Everything that is wrong is listed
at once, and the server does not start.

| setting | default | takes | for |
|---|---|---|---|
${rows.join("\n")}
`;
}

function fallbackOf({ fallback, fallbackText }: Setting<unknown>): string {
  if (fallbackText !== undefined) return fallbackText;
  if (fallback === null || (Array.isArray(fallback) && fallback.length === 0)) return "";
  if (typeof fallback === "boolean") return fallback ? "`1`" : "`0`";
  return `\`${Array.isArray(fallback) ? fallback.join(",") : String(fallback)}\``;
}
