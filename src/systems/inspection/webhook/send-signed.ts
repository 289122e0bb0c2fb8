import { createHmac } from "node:crypto";
import type { Secret } from "../../../platform/config/secret.ts";
import { messageOf } from "../../../platform/errors/quatrain-error.ts";

/** Where messages go. Configured by the operator alone, never by a caller: it may be an address of the own network. */
export interface WebhookTarget {
  readonly url: Secret;
  readonly secret: Secret;
  readonly timeoutMs: number;
}

/** What the receiver answered: 2xx is received, anything else is not. */
export interface Sent {
  readonly status: number | null;
  /** Null when it was received. */
  readonly error: string | null;
}

/** `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of `<t>.<body>`, so that neither body nor time can be changed. */
export function signatureOf(secret: Secret, seconds: number, body: string): string {
  const digest = createHmac("sha256", secret.reveal()).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}

/**
 * Posts one signed message; redirects are not followed, and the answer's body is not read.
 * @throws the signal's reason
 */
export async function sendSigned(
  { url, secret, timeoutMs }: WebhookTarget,
  message: { readonly deliveryId: string; readonly body: string },
  nowMs: number,
  signal: AbortSignal,
): Promise<Sent> {
  signal.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url.reveal(), {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.any([signal, limit]),
      headers: {
        "content-type": "application/json",
        "user-agent": "quatrain-webhook",
        "x-quatrain-event": "inspection.ng",
        "x-quatrain-delivery": message.deliveryId,
        "x-quatrain-signature": signatureOf(secret, Math.floor(nowMs / 1_000), message.body),
      },
      body: message.body,
    });
    await response.body?.cancel();
    const { status } = response;
    return { status, error: response.ok ? null : `it answered ${status}` };
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return { status: null, error: `no answer within ${timeoutMs / 1_000} s` };
    return { status: null, error: messageOf((error as { cause?: unknown }).cause ?? error).slice(0, 300) };
  }
}
