import { lazy, type ReactNode, Suspense, useCallback, useState } from "react";
import { NotifyProvider } from "./notify";

export interface Notice {
  key: number;
  text: string;
}

const ToastHost = lazy(() =>
  import("./ToastHost").then((module) => ({ default: module.ToastHost })),
);

/** Short notices; what draws them is loaded with the first one. */
export function Toasts({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const notify = useCallback(
    (text: string) => setNotice((last) => ({ key: (last?.key ?? 0) + 1, text })),
    [],
  );
  return (
    <NotifyProvider value={notify}>
      {children}
      {notice && (
        <Suspense fallback={null}>
          <ToastHost notice={notice} />
        </Suspense>
      )}
    </NotifyProvider>
  );
}
