import { Checkbox, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { lazy, memo, Suspense } from "react";
import type { Column, Table } from "@/api/metadata";
import { type Row, textIn } from "@/api/rows";
import type { FieldValue } from "@/ui/fields/values";
import { t } from "@/ui/texts";
import { CellView, isRightAligned } from "./CellView";
import type { LeaveTo } from "./editing";
import { type Position, ROW_HEIGHT, SELECT_WIDTH } from "./types";

export const loadCellEditor = () =>
  import("./CellEditor").then((module) => ({ default: module.CellEditor }));

const CellEditor = lazy(loadCellEditor);

const useStyles = makeStyles({
  row: {
    position: "absolute",
    left: 0,
    top: 0,
    width: "100%",
    display: "grid",
    height: `${ROW_HEIGHT}px`,
    "--row": tokens.colorNeutralBackground1,
    ":hover": { "--row": tokens.colorNeutralBackground1Hover },
  },
  selected: {
    "--row": tokens.colorNeutralBackground1Selected,
    ":hover": { "--row": tokens.colorNeutralBackground1Selected },
  },
  cell: {
    display: "flex",
    alignItems: "center",
    boxSizing: "border-box",
    minWidth: 0,
    padding: `0 ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    backgroundColor: "var(--row)",
    outlineOffset: "-2px",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    ":focus": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  editing: { padding: `0 ${tokens.spacingHorizontalXS}`, overflow: "visible", zIndex: 3 },
  end: { justifyContent: "flex-end" },
  sticky: { position: "sticky", zIndex: 1 },
  select: { justifyContent: "center", padding: 0, left: 0 },
  saving: { opacity: 0.6 },
});

export interface GridRowProps {
  table: Table;
  row: Row;
  columns: readonly Column[];
  index: number;
  top: number;
  template: string;
  /** Column of the active cell when it is in this row. */
  activeColumn: number | null;
  editColumn: number | null;
  isSelected: boolean;
  onFocusCell: (position: Position) => void;
  onToggle: (index: number, withShift: boolean) => void;
  onStartEdit: (position: Position) => void;
  onEdited: (position: Position, value: FieldValue | undefined, leaveTo: LeaveTo) => void;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const styles = useStyles();
  const { table, row, columns, index, activeColumn, editColumn, isSelected } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={mergeClasses(styles.row, isSelected && styles.selected)}
      style={{ transform: `translateY(${props.top}px)`, gridTemplateColumns: props.template }}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        tabIndex={activeColumn === 0 ? 0 : -1}
        data-row={index}
        data-column={0}
        className={mergeClasses(styles.cell, styles.select, styles.sticky)}
        onFocus={() => props.onFocusCell({ row: index, column: 0 })}
        onClick={(event) => props.onToggle(index, event.shiftKey)}
      >
        <Checkbox
          checked={isSelected}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) =>
            props.onToggle(index, (event.nativeEvent as MouseEvent).shiftKey === true)
          }
          input={{
            tabIndex: -1,
            "aria-label": t.grid.selectRow(textIn(row, table.primaryName)),
          }}
        />
      </div>
      {columns.map((column, offset) => {
        const position = { row: index, column: offset + 1 };
        const isEditing = editColumn === position.column;
        return (
          <div
            key={column.name}
            role="gridcell"
            aria-colindex={position.column + 1}
            tabIndex={activeColumn === position.column && !isEditing ? 0 : -1}
            data-row={index}
            data-column={position.column}
            className={mergeClasses(
              styles.cell,
              isRightAligned(column) && styles.end,
              offset === 0 && styles.sticky,
              isEditing && styles.editing,
            )}
            style={offset === 0 ? { left: SELECT_WIDTH } : undefined}
            onFocus={() => props.onFocusCell(position)}
            onDoubleClick={() => props.onStartEdit(position)}
          >
            {isEditing ? (
              <Suspense fallback={null}>
                <CellEditor
                  table={table}
                  row={row}
                  column={column}
                  onDone={(value, leaveTo) => props.onEdited(position, value, leaveTo)}
                />
              </Suspense>
            ) : (
              <CellView table={table} row={row} column={column} />
            )}
          </div>
        );
      })}
    </div>
  );
});
