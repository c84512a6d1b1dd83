import type { Column, Table } from "@/api/metadata";
import type { Process, ProcessStage } from "@/api/process";
import { type FieldValue, isEmpty } from "@/ui/fields/values";

export type StageState = "done" | "active" | "ahead";

export function stageState(process: Process, stageId: string): StageState {
  if (process.status === "finished") {
    return process.traversed.includes(stageId) ? "done" : "ahead";
  }
  if (stageId === process.activeStageId) {
    return "active";
  }
  return process.traversed.includes(stageId) ? "done" : "ahead";
}

const DAY_MS = 86400000;

export function daysSince(since: string | undefined, now: number): number {
  const start = since ? Date.parse(since) : Number.NaN;
  return Number.isNaN(start) ? 0 : Math.max(0, Math.floor((now - start) / DAY_MS));
}

export interface Neighbours {
  previous: ProcessStage | null;
  next: ProcessStage | null;
}

export function neighbours(process: Process): Neighbours {
  const index = process.stages.findIndex((stage) => stage.id === process.activeStageId);
  return {
    previous: process.stages[index - 1] ?? null,
    next: index < 0 ? null : (process.stages[index + 1] ?? null),
  };
}

/** Labels of required steps of a stage that are still empty. */
export function missingSteps(
  stage: ProcessStage,
  table: Table,
  value: (column: Column) => FieldValue,
): string[] {
  return stage.steps
    .filter((step) => {
      const column = table.column.get(step.column);
      // A yes/no step is done when somebody has said yes.
      return step.required && column && (isEmpty(value(column)) || value(column) === false);
    })
    .map((step) => step.label);
}
