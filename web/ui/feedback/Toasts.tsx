import { Toast, Toaster, ToastTitle, useId, useToastController } from "@fluentui/react-components";
import { type ReactNode, useCallback } from "react";
import { NotifyProvider } from "./notify";

export function Toasts({ children }: { children: ReactNode }) {
  const toasterId = useId("toaster");
  const { dispatchToast } = useToastController(toasterId);
  const notify = useCallback(
    (text: string) =>
      dispatchToast(
        <Toast>
          <ToastTitle>{text}</ToastTitle>
        </Toast>,
        { intent: "success", timeout: 4000 },
      ),
    [dispatchToast],
  );
  return (
    <NotifyProvider value={notify}>
      {children}
      <Toaster toasterId={toasterId} position="bottom-end" pauseOnHover />
    </NotifyProvider>
  );
}
