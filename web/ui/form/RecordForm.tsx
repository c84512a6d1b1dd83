import {
  MessageBar,
  MessageBarBody,
  makeStyles,
  Tab,
  TabList,
  tokens,
} from "@fluentui/react-components";
import { lazy, Suspense, useId } from "react";
import type { Form } from "@/api/metadata";
import { textIn } from "@/api/rows";
import { t } from "@/ui/texts";
import { FormSections } from "./FormSections";
import type { RecordSession } from "./useRecordSession";

const ConflictPanel = lazy(() =>
  import("./ConflictPanel").then((module) => ({ default: module.ConflictPanel })),
);

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
});

interface RecordFormProps {
  session: RecordSession;
  form: Form;
  isReadOnly: boolean;
  /** Index of the tab, kept in the address. */
  tab: number;
  onTab: (tab: number) => void;
}

export function RecordForm({ session, form, isReadOnly, tab, onTab }: RecordFormProps) {
  const styles = useStyles();
  const id = useId();
  const { message, base } = session.state;
  const tabs = session.isNew
    ? form.tabs.filter((each) => each.sections.some((s) => s.columns))
    : form.tabs;
  const current = tabs[tab] ?? tabs[0];
  const state = textIn(base, "statecode") || textIn(base, "statuscode");
  return (
    <div className={styles.root}>
      {message && session.state.conflicts.length === 0 && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{message}</MessageBarBody>
        </MessageBar>
      )}
      {session.state.conflicts.length > 0 && (
        <Suspense fallback={null}>
          <ConflictPanel session={session} />
        </Suspense>
      )}
      {isReadOnly && state && (
        <MessageBar intent="info">
          <MessageBarBody>{t.form.readOnly(state)}</MessageBarBody>
        </MessageBar>
      )}
      {tabs.length > 1 && (
        <TabList
          aria-label={t.form.tabs}
          selectedValue={current ? tabs.indexOf(current) : 0}
          onTabSelect={(_, data) => onTab(Number(data.value))}
        >
          {tabs.map((each, index) => (
            <Tab key={each.label} value={index} id={`${id}-${index}`} aria-controls={`${id}-panel`}>
              {each.label}
            </Tab>
          ))}
        </TabList>
      )}
      {current && (
        <div
          id={`${id}-panel`}
          role={tabs.length > 1 ? "tabpanel" : undefined}
          aria-labelledby={tabs.length > 1 ? `${id}-${tabs.indexOf(current)}` : undefined}
        >
          <FormSections session={session} tab={current} isReadOnly={isReadOnly} />
        </div>
      )}
    </div>
  );
}

/** Every column that the form shows somewhere. */
export function shownColumns(form: Form): string[] {
  const names = form.tabs.flatMap((tab) =>
    tab.sections.flatMap((section) => section.columns ?? []),
  );
  return [...new Set([...(form.header ?? []), ...names])];
}
