// Dialogs of lists and records, loaded when first shown.
import { lazy } from "react";

export { ConfirmDialog } from "@/ui/dialogs/later";

const bulk = () => import("./bulkDialogs");

export const AssignDialog = lazy(() => bulk().then((module) => ({ default: module.AssignDialog })));

export const DeleteRowsDialog = lazy(() =>
  bulk().then((module) => ({ default: module.DeleteRowsDialog })),
);
