import { mkdirSync, writeFileSync } from "node:fs";
import { settingsReference } from "../src/platform/config/settings-reference.ts";

const folder = new URL("../docs/reference/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("settings.md", folder), settingsReference());
