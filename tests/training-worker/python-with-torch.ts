import { execFileSync } from "node:child_process";

const CANDIDATES = [process.env.QUATRAIN_PYTHON, "/usr/bin/python3", "python3"];

/** An interpreter of this machine that has torch and torchvision; null where there is none. */
export function pythonWithTorch(): string | null {
  return CANDIDATES.find((python) => python !== undefined && canImport(python)) ?? null;
}

function canImport(python: string): boolean {
  try {
    execFileSync(python, ["-c", "import torch, torchvision"], { stdio: "ignore", timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}
