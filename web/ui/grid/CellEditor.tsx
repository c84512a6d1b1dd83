import { makeStyles, Text, tokens } from "@fluentui/react-components";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { Column, Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { FieldInput } from "@/ui/fields/FieldInput";
import { validateField } from "@/ui/fields/validate";
import { type FieldValue, fieldValue, sameFieldValue } from "@/ui/fields/values";
import { t } from "@/ui/texts";
import type { LeaveTo } from "./editing";

const useStyles = makeStyles({
  root: { position: "relative", width: "100%", display: "flex", alignItems: "center" },
  error: {
    position: "absolute",
    top: "100%",
    left: 0,
    zIndex: 5,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    backgroundColor: tokens.colorPaletteRedBackground1,
    color: tokens.colorPaletteRedForeground1,
    border: `1px solid ${tokens.colorPaletteRedBorder1}`,
    borderRadius: tokens.borderRadiusMedium,
    whiteSpace: "nowrap",
  },
});

interface CellEditorProps {
  table: Table;
  row: Row;
  column: Column;
  /** Called once: with the new value, or undefined when nothing is to be saved. */
  onDone: (value: FieldValue | undefined, leaveTo: LeaveTo) => void;
}

const LEAVES: Record<string, LeaveTo> = { Enter: "down", Tab: "next" };

/** Edits one cell. What is invalid stays in the cell with its message. */
export function CellEditor({ table, row, column, onDone }: CellEditorProps) {
  const styles = useStyles();
  const initial = fieldValue(row, column, table);
  const [value, setValue] = useState<FieldValue>(initial);
  const [error, setError] = useState<string | null>(null);
  const isDone = useRef(false);
  const errorId = useId();

  const finish = (next: FieldValue, leaveTo: LeaveTo) => {
    if (isDone.current) {
      return;
    }
    const problem = validateField(column, next);
    setError(problem);
    if (problem) {
      return;
    }
    isDone.current = true;
    onDone(sameFieldValue(column, initial, next) ? undefined : next, leaveTo);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    event.stopPropagation();
    const isListOpen = (event.target as HTMLElement).getAttribute("aria-expanded") === "true";
    if (event.key === "Escape" && !isListOpen) {
      isDone.current = true;
      onDone(undefined, "stay");
      return;
    }
    const leaveTo = LEAVES[event.key];
    if (leaveTo && !(event.key === "Enter" && isListOpen)) {
      event.preventDefault();
      finish(value, event.key === "Tab" && event.shiftKey ? "previous" : leaveTo);
    }
  };

  return (
    <div
      className={styles.root}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const goesOut = event.relatedTarget && !event.currentTarget.contains(event.relatedTarget);
        if (goesOut && !error) {
          finish(value, "stay");
        }
      }}
    >
      <FieldInput
        column={column}
        value={value}
        label={t.grid.editing(column.label)}
        invalid={error !== null}
        describedBy={error ? errorId : undefined}
        autoFocus
        inCell
        onChange={(next) => {
          setValue(next);
          setError(null);
        }}
        onCommit={(next) => {
          // Choosing from a list is finished at once; text waits for Enter, Tab or leaving the
          // cell.
          const isChosen = !["text", "memo", "whole", "big", "decimal", "money"].includes(
            column.type,
          );
          if (isChosen && column.type !== "date" && column.type !== "datetime") {
            finish(next, "stay");
          }
        }}
      />
      {error && (
        <Text id={errorId} role="alert" size={200} className={styles.error}>
          {error}
        </Text>
      )}
    </div>
  );
}
