import { createContext, useContext } from "react";
import type { Session } from "@/api/session";

const Context = createContext<Session | null>(null);

export const SessionProvider = Context.Provider;

/** The signed-in person. Only pages behind the sign-in use it. */
export function useSession(): Session {
  const session = useContext(Context);
  if (!session) {
    throw new Error("useSession outside of the signed-in part of the workspace");
  }
  return session;
}
