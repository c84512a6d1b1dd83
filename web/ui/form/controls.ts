// Parts of a form that are not fields, by the names metadata uses.
import type { ComponentType } from "react";
import type { Row } from "@/api/rows";
import type { RecordSession } from "./useRecordSession";

export interface FormControlProps {
  session: RecordSession;
  row: Row;
  title: string;
  isReadOnly: boolean;
}

const controls = new Map<string, ComponentType<FormControlProps>>();

export function registerControl(name: string, component: ComponentType<FormControlProps>): void {
  controls.set(name, component);
}

export const findControl = (name: string): ComponentType<FormControlProps> | undefined =>
  controls.get(name);

/** Controls that need the whole width of the form. */
export const WIDE_CONTROLS: readonly string[] = ["lines", "insights"];
