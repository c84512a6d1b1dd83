// Sign-in of people: docs/contracts/web-workspace.md §2.
import { setCsrfToken } from "./client";
import { ApiError } from "./error";

export interface Session {
  userId: string;
  fullName: string;
  email?: string;
  title?: string;
  roles: string[];
  businessUnitId: string;
  organizationName: string;
  locale: string;
  timeZone: string;
  currency: { id?: string; code: string; symbol: string; precision: number };
  csrfToken: string;
  demo?: boolean;
}

export interface DemoPerson {
  username: string;
  fullName: string;
  title: string;
}

export interface SignedOut {
  organizationName?: string;
  demo?: { password: string; people: DemoPerson[] };
}

export type SessionAnswer = { signedIn: Session } | { signedOut: SignedOut };

async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get("content-type") ?? "";
  return type.startsWith("application/json") ? response.json() : {};
}

async function refusalOf(response: Response): Promise<ApiError> {
  const body = (await bodyOf(response)) as { error?: { message?: string; code?: string } };
  return new ApiError(
    body.error?.message ?? `The server refused this (${response.status}).`,
    body.error?.code ?? "",
    response.status,
  );
}

async function send(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: "same-origin", ...init });
  } catch {
    throw new ApiError("The server does not answer.");
  }
}

export async function retrieveSession(): Promise<SessionAnswer> {
  const response = await send("/auth/session");
  if (response.status === 401) {
    setCsrfToken(null);
    return { signedOut: (await bodyOf(response)) as SignedOut };
  }
  if (!response.ok) {
    throw await refusalOf(response);
  }
  const session = (await bodyOf(response)) as Session;
  setCsrfToken(session.csrfToken);
  return { signedIn: session };
}

export async function signIn(username: string, password: string): Promise<void> {
  const response = await send("/auth/sign-in", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (!response.ok) {
    throw await refusalOf(response);
  }
}

export async function signOut(csrfToken: string): Promise<void> {
  const response = await send("/auth/sign-out", {
    method: "POST",
    headers: { "X-CSRF-Token": csrfToken },
  });
  if (!response.ok && response.status !== 401) {
    throw await refusalOf(response);
  }
}
