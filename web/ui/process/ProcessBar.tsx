// The business process of a record: stages as chevrons, each opening its steps.
import {
  Button,
  type ButtonProps,
  makeStyles,
  mergeClasses,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Text,
  tokens,
} from "@fluentui/react-components";
import { CheckmarkRegular, FlagRegular } from "@fluentui/react-icons";
import { useQuery } from "@tanstack/react-query";
import { type Ref, useState } from "react";
import type { Process, ProcessStage } from "@/api/process";
import type { RecordSession } from "@/ui/form/useRecordSession";
import { processQuery } from "@/ui/queries";
import { t } from "@/ui/texts";
import { StageFlyout } from "./StageFlyout";
import { daysSince, type StageState, stageState } from "./stages";

const POINT = "14px";

const useStyles = makeStyles({
  root: {
    display: "flex",
    alignItems: "stretch",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
  },
  name: {
    display: "flex",
    flexDirection: "column",
    justifyContent: "center",
    maxWidth: "170px",
    color: tokens.colorNeutralForeground2,
  },
  stages: { display: "flex", flexGrow: 1, listStyle: "none", margin: 0, padding: 0, minWidth: 0 },
  item: { flexGrow: 1, flexBasis: 0, minWidth: 0, marginRight: "-6px" },
  stage: {
    width: "100%",
    minWidth: 0,
    minHeight: "44px",
    padding: `0 ${tokens.spacingHorizontalS} 0 26px`,
    border: "none",
    borderRadius: 0,
    justifyContent: "flex-start",
    textAlign: "left",
    clipPath: `polygon(0 0, calc(100% - ${POINT}) 0, 100% 50%, calc(100% - ${POINT}) 100%, 0 100%, ${POINT} 50%)`,
    "& > span": { overflow: "hidden" },
    ":focus-visible": { textDecoration: "underline", outlineOffset: "-4px" },
  },
  first: {
    clipPath: `polygon(0 0, calc(100% - ${POINT}) 0, 100% 50%, calc(100% - ${POINT}) 100%, 0 100%)`,
    paddingLeft: tokens.spacingHorizontalM,
  },
  done: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    ":hover": { backgroundColor: tokens.colorBrandBackground2Hover },
  },
  active: {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    ":hover": {
      backgroundColor: tokens.colorBrandBackgroundHover,
      color: tokens.colorNeutralForegroundOnBrand,
    },
    ":hover:active": {
      backgroundColor: tokens.colorBrandBackgroundPressed,
      color: tokens.colorNeutralForegroundOnBrand,
    },
  },
  ahead: { backgroundColor: tokens.colorNeutralBackground4 },
  label: { display: "flex", flexDirection: "column", minWidth: 0 },
  cut: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
});

export function ProcessBar({ session, recordId }: { session: RecordSession; recordId: string }) {
  const process = useQuery(processQuery(session.table.logicalName, recordId));
  return process.data ? <Stages session={session} process={process.data} /> : null;
}

function Stages({ session, process }: { session: RecordSession; process: Process }) {
  const styles = useStyles();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section className={styles.root} aria-label={t.form.process.label(process.name)}>
      <span className={styles.name}>
        <Text weight="semibold" size={200} className={styles.cut} title={process.name}>
          {process.name}
        </Text>
        <Text size={200}>
          {process.status === "active"
            ? t.form.process.days(daysSince(process.activeSince, Date.now()))
            : process.status === "finished"
              ? t.form.process.finished
              : t.form.process.aborted}
        </Text>
      </span>
      <ol className={styles.stages}>
        {process.stages.map((stage, index) => (
          <li key={stage.id} className={styles.item}>
            <Popover
              open={open === stage.id}
              onOpenChange={(_, data) => setOpen(data.open ? stage.id : null)}
              positioning="below-start"
              trapFocus
            >
              <PopoverTrigger disableButtonEnhancement>
                <StageButton
                  stage={stage}
                  state={stageState(process, stage.id)}
                  isFirst={index === 0}
                />
              </PopoverTrigger>
              <PopoverSurface aria-label={stage.name}>
                <StageFlyout
                  session={session}
                  process={process}
                  stage={stage}
                  onClose={() => setOpen(null)}
                />
              </PopoverSurface>
            </Popover>
          </li>
        ))}
      </ol>
    </section>
  );
}

type StageButtonProps = ButtonProps & {
  stage: ProcessStage;
  state: StageState;
  isFirst: boolean;
  ref?: Ref<HTMLButtonElement>;
};

function StageButton({ stage, state, isFirst, ...rest }: StageButtonProps) {
  const styles = useStyles();
  const words = t.form.process[state === "done" ? "done" : state === "active" ? "active" : "ahead"];
  return (
    <Button
      {...rest}
      aria-current={state === "active" ? "step" : undefined}
      aria-label={`${stage.name}, ${words}`}
      className={mergeClasses(styles.stage, isFirst && styles.first, styles[state])}
      icon={
        state === "done" ? <CheckmarkRegular /> : state === "active" ? <FlagRegular /> : undefined
      }
    >
      <span className={styles.cut}>{stage.name}</span>
    </Button>
  );
}
