import type { Decision, ReviewState } from "../../../contracts/integrity/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { AuditEvent } from "../audit-chain.ts";
import type { CaseReader } from "../store/case-reader.ts";
import type { ReviewRecord, ReviewStore } from "../store/review-store.ts";
import { findCase } from "./find-case.ts";

export interface ReviewDeps {
  readonly cases: CaseReader;
  readonly reviews: ReviewStore;
  readonly clock: Clock;
}

/** Who reviews. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Where a case stands, and what people said of it. */
export interface Reviewed {
  readonly state: ReviewState;
  readonly reviews: readonly ReviewRecord[];
}

/** Records what a person decided. A later decision does not undo an earlier one: both stand. @throws as `findCase` */
export async function decideCase(
  deps: ReviewDeps,
  caseId: string,
  { decision, notes }: { readonly decision: Decision; readonly notes: string },
  person: Person,
): Promise<Reviewed> {
  await findCase(deps, caseId);
  const state: ReviewState = decision === "en_revision" ? "en_revision" : "resuelto";
  await deps.reviews.addReview(
    caseId,
    { ...reviewOf("decision", notes, person, deps.clock.now()), decision },
    state,
    eventOf("decision.recorded", caseId, person, { decision }),
  );
  return reviewsOf(deps, caseId);
}

/** Records an appeal: the case is open again. @throws QuatrainError `nothing_to_appeal` (409); as `findCase` */
export async function appealCase(
  deps: ReviewDeps,
  caseId: string,
  reason: string,
  person: Person,
): Promise<Reviewed> {
  const { reviewState } = await findCase(deps, caseId);
  if (reviewState !== "resuelto") {
    throw userError(
      "nothing_to_appeal",
      409,
      "There is no decision on this case that could be appealed against",
    );
  }
  await deps.reviews.addReview(
    caseId,
    { ...reviewOf("appeal", reason, person, deps.clock.now()), decision: null },
    "apelado",
    eventOf("appeal.recorded", caseId, person, {}),
  );
  return reviewsOf(deps, caseId);
}

/** @throws as `findCase` */
export async function reviewsOf(deps: ReviewDeps, caseId: string): Promise<Reviewed> {
  const { reviewState } = await findCase(deps, caseId);
  return { state: reviewState, reviews: await deps.reviews.listReviews(caseId) };
}

function reviewOf(kind: ReviewRecord["kind"], notes: string, person: Person, now: number) {
  return { kind, notes, byId: person.id, byName: person.name, createdAt: now };
}

function eventOf(
  action: string,
  subject: string,
  person: Person,
  details: AuditEvent["details"],
): AuditEvent {
  return { actor: `user:${person.id} ${person.name}`, action, subject, details };
}
