import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { lazy, Suspense } from "react";
import type { Column, FormSection, FormTab } from "@/api/metadata";
import { Loading } from "@/ui/feedback/Loading";
import { t } from "@/ui/texts";
import { findControl, WIDE_CONTROLS } from "./controls";
import { FormField } from "./FormField";
import { SectionCard } from "./SectionCard";
import type { RecordSession } from "./useRecordSession";

const SubgridSection = lazy(() =>
  import("./SubgridSection").then((module) => ({ default: module.SubgridSection })),
);

const useStyles = makeStyles({
  container: { containerType: "inline-size" },
  grid: {
    display: "grid",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
    gridTemplateColumns: "minmax(0, 1fr)",
    "@container (min-width: 720px)": { gridTemplateColumns: "repeat(2, minmax(0, 1fr))" },
  },
  three: {
    "@container (min-width: 1080px)": {
      gridTemplateColumns: "minmax(0, 5fr) minmax(0, 5fr) minmax(0, 4fr)",
    },
  },
  // Beside the fields; with room for three columns its parts stand beside each other.
  aside: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    minWidth: 0,
    "@container (min-width: 1080px)": { display: "contents" },
  },
  alone: { gridColumn: "1 / -1", minWidth: 0, maxWidth: "900px" },
  stack: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: 0 },
  wide: { gridColumn: "1 / -1", minWidth: 0 },
  fields: {
    display: "grid",
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 215px), 1fr))",
  },
  long: { gridColumn: "1 / -1", minWidth: 0 },
});

/** The words above a section; metadata may leave those of a control to the control. */
function titleOf(section: FormSection): string {
  const own = section.control
    ? (t.form.controls as Readonly<Record<string, string>>)[section.control]
    : undefined;
  return section.label ?? own ?? t.form.related;
}

const keyOf = (section: FormSection): string =>
  [section.label, section.control, section.subgrid?.table, section.columns?.[0]].join("/");

interface SectionProps {
  session: RecordSession;
  section: FormSection;
  isReadOnly: boolean;
}

/** Fields that need the whole width of their section. */
function isLong(session: RecordSession, column: Column): boolean {
  const isName = column.name === session.table.primaryName && column.type === "text";
  return isName || ["memo", "party", "datetime"].includes(column.type);
}

function FieldsSection({ session, section, isReadOnly }: SectionProps) {
  const styles = useStyles();
  const columns = (section.columns ?? [])
    .map((name) => session.table.column.get(name))
    .filter((column): column is Column => column !== undefined);
  if (columns.length === 0) {
    return null;
  }
  return (
    <SectionCard title={titleOf(section)}>
      <div className={styles.fields}>
        {columns.map((column) => (
          <div key={column.name} className={mergeClasses(isLong(session, column) && styles.long)}>
            <FormField session={session} column={column} isReadOnly={isReadOnly} />
          </div>
        ))}
      </div>
    </SectionCard>
  );
}

function Section(props: SectionProps) {
  const { session, section, isReadOnly } = props;
  const row = session.state.base;
  if (section.columns) {
    return <FieldsSection {...props} />;
  }
  // Everything else hangs on a record that exists.
  if (!row) {
    return null;
  }
  if (section.subgrid) {
    return (
      <Suspense fallback={<Loading />}>
        <SubgridSection
          parent={session.table}
          row={row}
          label={titleOf(section)}
          subgrid={section.subgrid}
          isReadOnly={isReadOnly}
        />
      </Suspense>
    );
  }
  const Control = findControl(section.control ?? "");
  return Control ? (
    <Suspense fallback={<Loading />}>
      <Control session={session} row={row} title={titleOf(section)} isReadOnly={isReadOnly} />
    </Suspense>
  ) : null;
}

const isWide = (section: FormSection): boolean =>
  WIDE_CONTROLS.includes(section.control ?? "") || section.subgrid !== undefined;

const isTimeline = (section: FormSection): boolean => section.control === "timeline";

/** Fields to the left, the timeline in the middle, small lists to the right, wide things below. */
export function FormSections(props: { session: RecordSession; tab: FormTab; isReadOnly: boolean }) {
  const styles = useStyles();
  const { session, tab, isReadOnly } = props;
  const isNew = session.isNew;
  const shown = tab.sections.filter((section) => !isNew || section.columns);
  const timeline = shown.filter(isTimeline);
  const fields = shown.filter((section) => section.columns);
  const side = shown.filter((each) => !each.columns && !isTimeline(each) && !isWide(each));
  const below = shown.filter((each) => !each.columns && isWide(each));
  const render = (section: FormSection) => (
    <Section key={keyOf(section)} session={session} section={section} isReadOnly={isReadOnly} />
  );
  const hasTimeline = timeline.length > 0;
  const alone = [...fields, ...side];
  return (
    <div className={styles.container}>
      <div className={mergeClasses(styles.grid, hasTimeline && side.length > 0 && styles.three)}>
        {hasTimeline ? (
          <>
            <div className={styles.stack}>{fields.map(render)}</div>
            <div className={styles.aside}>
              <div className={styles.stack}>{timeline.map(render)}</div>
              {side.length > 0 && <div className={styles.stack}>{side.map(render)}</div>}
            </div>
          </>
        ) : (
          alone.map((section) => (
            <div key={keyOf(section)} className={alone.length === 1 ? styles.alone : styles.stack}>
              {render(section)}
            </div>
          ))
        )}
        {below.map((section) => (
          <div key={keyOf(section)} className={styles.wide}>
            {render(section)}
          </div>
        ))}
      </div>
    </div>
  );
}
