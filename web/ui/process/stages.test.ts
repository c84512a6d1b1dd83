import { describe, expect, it } from "vitest";
import { type TableDefinition, toTable } from "@/api/metadata";
import type { Process, ProcessStage } from "@/api/process";
import { daysSince, missingSteps, neighbours, stageState } from "./stages";

const stage = (id: string): ProcessStage => ({ id, name: id, table: "lead", steps: [] });
const process: Process = {
  instanceId: "i",
  processId: "p",
  name: "Lead to Opportunity",
  status: "active",
  activeStageId: "develop",
  traversed: ["qualify", "develop"],
  records: { lead: "1" },
  stages: ["qualify", "develop", "propose", "close"].map(stage),
};

describe("stages of a process", () => {
  it("are done, active or ahead", () => {
    const states = process.stages.map((each) => stageState(process, each.id));
    expect(states).toEqual(["done", "active", "ahead", "ahead"]);
    expect(stageState({ ...process, status: "finished" }, "develop")).toBe("done");
  });

  it("have neighbours", () => {
    expect(neighbours(process).previous?.id).toBe("qualify");
    expect(neighbours(process).next?.id).toBe("propose");
    expect(neighbours({ ...process, activeStageId: "close" }).next).toBeNull();
    expect(neighbours({ ...process, activeStageId: "gone" })).toEqual({
      previous: null,
      next: null,
    });
  });

  it("count whole days", () => {
    const now = Date.parse("2026-05-10T08:00:00Z");
    expect(daysSince("2026-05-08T09:00:00Z", now)).toBe(1);
    expect(daysSince(undefined, now)).toBe(0);
  });

  it("name required steps that are empty", () => {
    const definition: TableDefinition = {
      logicalName: "lead",
      entitySetName: "leads",
      displayName: "Lead",
      pluralName: "Leads",
      primaryId: "leadid",
      primaryName: "subject",
      columns: [
        { name: "budgetamount", label: "Budget", type: "money" },
        { name: "decisionmaker", label: "Decision maker?", type: "yesno" },
        { name: "need", label: "Need", type: "text" },
      ],
    };
    const steps = ["budgetamount", "decisionmaker", "need"].map((column) => ({
      column,
      label: column,
      required: column !== "need",
    }));
    const values: Record<string, string | boolean | null> = {
      budgetamount: "5",
      decisionmaker: false,
      need: null,
    };
    const missing = missingSteps(
      { ...stage("qualify"), steps },
      toTable(definition),
      (column) => values[column.name] ?? null,
    );
    expect(missing).toEqual(["decisionmaker"]);
  });
});
