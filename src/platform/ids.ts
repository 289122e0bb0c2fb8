import { randomBytes, randomUUID } from "node:crypto";
import type { Clock, Ids } from "./ports.ts";

export const systemClock: Clock = { now: () => Date.now() };

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  hex: (bytes) => randomBytes(bytes).toString("hex"),
};
