/** An error answer, whatever contract's body it came in. */
export class ClientError extends Error {
  readonly status: number;
  /** Null where the contract has no codes. */
  readonly code: string | null;
  readonly requestId: string | null;

  constructor(message: string, status: number, code: string | null, requestId: string | null) {
    super(message);
    this.name = "ClientError";
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }

  static async of(response: Response): Promise<ClientError> {
    const text = await response.text();
    const body = parse(text);
    const message = [body.error, body.detail, body.message].map(inWords).find((words) => words !== null);
    return new ClientError(
      message ?? `${response.status} ${response.statusText}`.trim(),
      response.status,
      typeof body.code === "string" ? body.code : null,
      response.headers.get("x-request-id"),
    );
  }
}

/** `"text"`, `{"error": "text"}`, or a list of faults with their places. */
function inWords(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(faultInWords).join("; ") || null;
  return typeof value === "object" && value !== null && "error" in value ? inWords(value.error) : null;
}

function faultInWords(fault: unknown): string {
  const { loc, msg } = (fault ?? {}) as { loc?: unknown; msg?: unknown };
  return Array.isArray(loc) ? `${loc.slice(1).join(".")}: ${msg}` : String(msg ?? fault);
}

function parse(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {}; // a proxy's HTML page, say: the status says enough
  }
}
