import { execFileSync } from "node:child_process";
import { CHROMIUM } from "../support/browser.ts";

/** The console that the browser tests look at: built once, before them. */
export default function buildConsole(): void {
  if (CHROMIUM === undefined) return;
  execFileSync(process.execPath, ["scripts/build-console.ts", "--if-changed"], { stdio: "inherit" });
}
