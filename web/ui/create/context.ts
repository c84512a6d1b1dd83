// A lookup may offer to make the record it did not find. The dialog itself is loaded when needed.
import { createContext, useContext } from "react";
import type { LookupValue } from "@/ui/fields/values";

export type OpenCreateDialog = (
  table: string,
  name: string,
  onDone: (created: LookupValue) => void,
) => void;

const Context = createContext<OpenCreateDialog>(() => undefined);

export const CreateDialogProvider = Context.Provider;

export const useCreateDialog = (): OpenCreateDialog => useContext(Context);
