// Short words that something worked. Errors never come this way alone: they stand where they arose.
import { createContext, useContext } from "react";

export type Notify = (text: string) => void;

const Context = createContext<Notify>(() => undefined);

export const NotifyProvider = Context.Provider;

export const useNotify = (): Notify => useContext(Context);
