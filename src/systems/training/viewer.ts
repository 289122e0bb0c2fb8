import type { Principal } from "../../platform/auth/principal.ts";

/** Who looks: a user sees what is his and what is public, an administrator and a machine's credential see everything. */
export interface Viewer {
  /** Null for credentials that name no person. */
  readonly userId: number | null;
  readonly seesAll: boolean;
}

export function viewerOf(principal: Principal): Viewer {
  if (principal.kind !== "user") return { userId: null, seesAll: true };
  return { userId: Number(principal.id), seesAll: principal.may("platform", "admin") };
}

/** What can belong to somebody. */
interface Owned {
  readonly ownerId: number | null;
  readonly visibility: string;
}

export function maySee(viewer: Viewer, { ownerId, visibility }: Owned): boolean {
  return viewer.seesAll || visibility === "public" || (ownerId !== null && ownerId === viewer.userId);
}

export function mayChange(viewer: Viewer, { ownerId }: Pick<Owned, "ownerId">): boolean {
  return viewer.seesAll || (ownerId !== null && ownerId === viewer.userId);
}
