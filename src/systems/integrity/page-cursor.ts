import { userError } from "../../platform/errors/quatrain-error.ts";

/** Where a page ended: an instant (milliseconds UTC) and an id. */
export interface PagePlace {
  readonly at: number;
  readonly id: string;
}

/** Opaque to clients: what it is made of may change. */
export function writeCursor({ at, id }: PagePlace): string {
  return Buffer.from(`${at}.${id}`).toString("base64url");
}

/** @throws QuatrainError `invalid_request` (400) for anything that `writeCursor` did not write */
export function readCursor(cursor: string): PagePlace {
  const match = /^(\d{1,15})\.([\w.-]{1,200})$/.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  if (match === null) {
    throw userError("invalid_request", 400, "cursor must be the next_cursor of the page before");
  }
  return { at: Number(match[1]), id: match[2]! };
}
