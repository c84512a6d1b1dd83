import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { describeValue } from "@/ui/fields/describe";
import { t } from "@/ui/texts";
import type { RecordSession } from "./useRecordSession";

const useStyles = makeStyles({
  table: { marginTop: tokens.spacingVerticalS, maxWidth: "720px" },
});

/** Two people changed the same field; nobody's work disappears without being asked. */
export function ConflictPanel({ session }: { session: RecordSession }) {
  const styles = useStyles();
  const { conflicts } = session.state;
  if (conflicts.length === 0) {
    return null;
  }
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t.form.conflict.title}</MessageBarTitle>
        {t.form.conflict.text}
        <Table size="small" className={styles.table}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell>{t.form.conflict.field}</TableHeaderCell>
              <TableHeaderCell>{t.form.conflict.theirs}</TableHeaderCell>
              <TableHeaderCell>{t.form.conflict.mine}</TableHeaderCell>
            </TableRow>
          </TableHeader>
          <TableBody>
            {conflicts.map(({ column: name, theirs, mine }) => {
              const column = session.table.column.get(name);
              return column ? (
                <TableRow key={name}>
                  <TableCell>{column.label}</TableCell>
                  <TableCell>{describeValue(column, theirs)}</TableCell>
                  <TableCell>{describeValue(column, mine)}</TableCell>
                </TableRow>
              ) : null;
            })}
          </TableBody>
        </Table>
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={session.keepTheirs}>{t.form.conflict.keepTheirs}</Button>
        <Button appearance="primary" onClick={session.keepMine}>
          {t.form.conflict.keepMine}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
