import { Button, makeStyles, Subtitle2, Text, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/api/error";
import { type Process, type ProcessStage, setStage, setStatus } from "@/api/process";
import { AppLink } from "@/ui/AppLink";
import { Busy } from "@/ui/feedback/Busy";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { FormField } from "@/ui/form/FormField";
import type { RecordSession } from "@/ui/form/useRecordSession";
import { recordPath } from "@/ui/paths";
import { t } from "@/ui/texts";
import { missingSteps, neighbours } from "./stages";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    width: "320px",
    maxHeight: "70vh",
    overflowY: "auto",
  },
  buttons: { display: "flex", gap: tokens.spacingHorizontalS, flexWrap: "wrap" },
});

interface StageFlyoutProps {
  session: RecordSession;
  process: Process;
  stage: ProcessStage;
  onClose: () => void;
}

export function StageFlyout({ session, process, stage, onClose }: StageFlyoutProps) {
  const styles = useStyles();
  const isHere = stage.table === session.table.logicalName;
  const otherId = process.records[stage.table];
  return (
    <div className={styles.root}>
      <Subtitle2 as="h2">{stage.name}</Subtitle2>
      {isHere ? (
        <Steps session={session} process={process} stage={stage} />
      ) : (
        <Text>
          {otherId ? t.form.process.otherTable(stage.table) : t.form.process.qualifyFirst}{" "}
          {otherId && (
            <AppLink isInline to={recordPath(stage.table, otherId)} onClick={onClose}>
              {t.form.process.openOther}
            </AppLink>
          )}
        </Text>
      )}
      <StageButtons session={session} process={process} stage={stage} onClose={onClose} />
    </div>
  );
}

function Steps({ session, process, stage }: Omit<StageFlyoutProps, "onClose">) {
  if (stage.steps.length === 0) {
    return <Text>{t.form.process.noSteps}</Text>;
  }
  const isReadOnly = process.status !== "active";
  return (
    <>
      {stage.steps.map((step) => {
        const column = session.table.column.get(step.column);
        const required = step.required ?? column?.required ?? false;
        return column ? (
          <FormField
            key={step.column}
            session={session}
            column={{ ...column, label: step.label, required }}
            isReadOnly={isReadOnly}
          />
        ) : null;
      })}
    </>
  );
}

function StageButtons({ session, process, stage, onClose }: StageFlyoutProps) {
  const styles = useStyles();
  const client = useQueryClient();
  const [problem, setProblem] = useState<unknown>(null);
  const [isWorking, setWorking] = useState(false);
  const { previous, next } = neighbours(process);
  const isActive = process.status === "active" && stage.id === process.activeStageId;

  const change = async (work: () => Promise<Process>, checksSteps = false) => {
    setProblem(null);
    if (checksSteps && stage.table === session.table.logicalName) {
      const missing = missingSteps(stage, session.table, session.value);
      if (missing.length > 0) {
        setProblem(new ApiError(t.form.process.missing(missing.join(", "))));
        return;
      }
    }
    setWorking(true);
    try {
      await work();
      onClose();
      await client.invalidateQueries({ queryKey: ["process"] });
      await client.invalidateQueries({ queryKey: ["record", session.table.logicalName] });
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setWorking(false);
    }
  };
  const id = process.instanceId;
  // A stage of a table without a row yet is reached by the message that makes the row.
  const isNextReachable = next !== null && process.records[next.table] !== undefined;
  return (
    <>
      {problem !== null && <ErrorNote error={problem} />}
      <div className={styles.buttons}>
        {isActive && isNextReachable && next && (
          <Button
            appearance="primary"
            disabled={isWorking}
            icon={isWorking ? <Busy /> : undefined}
            onClick={() => change(() => setStage(id, next.id), true)}
          >
            {t.form.process.next}
          </Button>
        )}
        {isActive && next && !isNextReachable && <Text>{t.form.process.qualifyFirst}</Text>}
        {isActive && !next && (
          <Button
            appearance="primary"
            disabled={isWorking}
            onClick={() => change(() => setStatus(id, "finished"), true)}
          >
            {t.form.process.finish}
          </Button>
        )}
        {isActive && previous && (
          <Button disabled={isWorking} onClick={() => change(() => setStage(id, previous.id))}>
            {t.form.process.back}
          </Button>
        )}
        {process.status !== "active" && (
          <Button disabled={isWorking} onClick={() => change(() => setStatus(id, "active"))}>
            {t.form.process.reopen}
          </Button>
        )}
      </div>
    </>
  );
}
