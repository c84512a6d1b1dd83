// The running business process of a record: docs/contracts/web-workspace.md §6.
import { callAction, callFunction } from "./client";

export interface ProcessStep {
  column: string;
  label: string;
  required?: boolean;
}

export interface ProcessStage {
  id: string;
  name: string;
  category?: number;
  table: string;
  steps: ProcessStep[];
}

export type ProcessStatus = "active" | "finished" | "aborted";

export interface Process {
  instanceId: string;
  processId: string;
  name: string;
  status: ProcessStatus;
  activeStageId: string;
  activeSince?: string;
  traversed: string[];
  records: Record<string, string>;
  stages: ProcessStage[];
}

export async function retrieveProcess(table: string, id: string): Promise<Process | null> {
  const process = await callFunction<Process | undefined>("cl_RetrieveProcess", {
    LogicalName: table,
    RecordId: id,
  });
  return process?.instanceId ? process : null;
}

export const setStage = (instanceId: string, stageId: string): Promise<Process> =>
  callAction<Process>("cl_SetProcessStage", { ProcessInstanceId: instanceId, StageId: stageId });

export const setStatus = (instanceId: string, status: ProcessStatus): Promise<Process> =>
  callAction<Process>("cl_SetProcessStage", { ProcessInstanceId: instanceId, Status: status });
