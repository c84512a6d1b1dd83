import { Toast, Toaster, ToastTitle, useId, useToastController } from "@fluentui/react-components";
import { useEffect } from "react";
import type { Notice } from "./Toasts";

export function ToastHost({ notice }: { notice: Notice }) {
  const toasterId = useId("toaster");
  const { dispatchToast } = useToastController(toasterId);
  useEffect(() => {
    dispatchToast(
      <Toast>
        <ToastTitle>{notice.text}</ToastTitle>
      </Toast>,
      { intent: "success", timeout: 4000, toastId: `notice-${notice.key}` },
    );
  }, [dispatchToast, notice]);
  return <Toaster toasterId={toasterId} position="bottom-end" pauseOnHover />;
}
