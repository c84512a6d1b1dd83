// Dialogs of the frame, loaded when first shown.
import { lazy } from "react";

export const ConfirmDialog = lazy(() =>
  import("./ConfirmDialog").then((module) => ({ default: module.ConfirmDialog })),
);
