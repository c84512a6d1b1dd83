// What the server refused, in one shape for every door (Web API, sign-in, event stream).
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** Logical name of the column, or name of the parameter, that is at fault. */
  readonly target: string | null;

  constructor(message: string, code = "", status = 0, target: string | null = null) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.target = target;
  }

  get isStale(): boolean {
    return this.status === 412 && !this.isDuplicate;
  }

  get isDuplicate(): boolean {
    return this.code.toLowerCase() === "0x80040333";
  }

  get isSignedOut(): boolean {
    return this.status === 401;
  }

  get isMissing(): boolean {
    return this.status === 404;
  }

  get isDenied(): boolean {
    return this.status === 403;
  }
}

interface ErrorLike {
  message?: unknown;
  code?: unknown;
  status?: unknown;
  target?: unknown;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Turns whatever was thrown into an ApiError; a lost connection has status 0. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) {
    return thrown;
  }
  // A refused batch (long queries travel as one) rejects with a list; the first one tells.
  const first: unknown = Array.isArray(thrown) ? thrown[0] : thrown;
  const like = (first ?? {}) as ErrorLike;
  const status = typeof like.status === "number" ? like.status : 0;
  const message = text(like.message) || (status === 0 ? "The server does not answer." : "");
  return new ApiError(
    message || `The server refused this (${status}).`,
    text(like.code),
    status,
    text(like.target) || null,
  );
}

/** The sentence to show for anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return toApiError(thrown).message;
}
