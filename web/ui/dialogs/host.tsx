// One place that shows dialogs, so that a command, a key and the palette open the same one.
import {
  type ComponentType,
  createContext,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useState,
} from "react";
import type { Table } from "@/api/metadata";
import type { Row } from "@/api/rows";

export type RenderDialog = (close: () => void) => ReactNode;

interface DialogHost {
  open: (render: RenderDialog) => void;
}

const Context = createContext<DialogHost>({ open: () => undefined });

export const useDialogs = (): DialogHost => useContext(Context);

export function DialogHostProvider({ children }: { children: ReactNode }) {
  const [stack, setStack] = useState<readonly { key: number; render: RenderDialog }[]>([]);
  const open = useCallback((render: RenderDialog) => {
    setStack((current) => [...current, { key: (current.at(-1)?.key ?? 0) + 1, render }]);
  }, []);
  const close = useCallback((key: number) => {
    setStack((current) => current.filter((each) => each.key !== key));
  }, []);
  const host = useMemo(() => ({ open }), [open]);
  return (
    <Context.Provider value={host}>
      {children}
      {stack.map(({ key, render }) => (
        <Suspense key={key} fallback={null}>
          {render(() => close(key))}
        </Suspense>
      ))}
    </Context.Provider>
  );
}

/** A dialog that a command of a record names. */
export interface RecordDialogProps {
  table: Table;
  row: Row;
  onClose: () => void;
}

const dialogs = new Map<string, ComponentType<RecordDialogProps>>();

export function registerDialog(name: string, component: ComponentType<RecordDialogProps>): void {
  dialogs.set(name, component);
}

export const findDialog = (name: string): ComponentType<RecordDialogProps> | undefined =>
  dialogs.get(name);
