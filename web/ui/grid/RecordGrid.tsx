// The list of records: virtual rows, the keyboard of an ARIA grid, editing in place. Sorting,
// filtering and paging are the server's work; the grid only says what is wanted.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import type { Column } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { Busy } from "@/ui/feedback/Busy";
import type { FieldValue } from "@/ui/fields/values";
import { t } from "@/ui/texts";
import type { LeaveTo } from "./editing";
import { isCellEditable, leavePosition, toggledRange } from "./editing";
import type { ColumnFilter } from "./filters";
import { GhostRows } from "./GhostRows";
import { HeadCell, SelectAllCell } from "./GridHead";
import { GridRow, loadCellEditor } from "./GridRow";
import { HEAD_HEIGHT, type Position, type RecordGridProps, ROW_HEIGHT } from "./types";
import { useColumnModel } from "./useColumnModel";
import { useGridNavigation } from "./useGridNavigation";

const useStyles = makeStyles({
  frame: {
    position: "relative",
    display: "flex",
    flexDirection: "column",
    height: "100%",
    minHeight: 0,
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground1,
  },
  embeddedFrame: { height: "auto" },
  root: { position: "relative", overflow: "auto", flexGrow: 1, minHeight: 0 },
  embedded: { maxHeight: "360px" },
  headOnly: { flexGrow: 0, flexShrink: 0, overflowX: "hidden" },
  head: { display: "grid", position: "sticky", top: 0, zIndex: 4, width: "100%" },
  body: { position: "relative" },
  more: {
    position: "absolute",
    bottom: tokens.spacingVerticalS,
    left: "50%",
    transform: "translateX(-50%)",
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusCircular,
    boxShadow: tokens.shadow8,
  },
});

export function RecordGrid(props: RecordGridProps) {
  const styles = useStyles();
  const { table, rows, selection, onSelect, onCommit, onMore, hasMore } = props;
  const root = useRef<HTMLDivElement | null>(null);
  const anchor = useRef(0);
  const [editing, setEditing] = useState<Position | null>(null);
  const [filterColumn, setFilterColumn] = useState<string | null>(null);

  const { columns, headers, template, minWidth } = useColumnModel(table, props.columns);

  const activeRow = useRef(0);
  const rangeExtractor = useCallback((range: Range) => {
    // The active row stays in the page, or the focus would be lost when it is scrolled away.
    const indexes = new Set(defaultRangeExtractor(range));
    if (activeRow.current >= 0 && activeRow.current < range.count) {
      indexes.add(activeRow.current);
    }
    return [...indexes].sort((a, b) => a - b);
  }, []);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => root.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollPaddingStart: HEAD_HEIGHT,
    rangeExtractor,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    // The first edit must not wait for its code.
    const timer = setTimeout(() => void loadCellEditor(), 300);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    if (hasMore && last >= rows.length - 15) {
      onMore();
    }
  }, [hasMore, last, rows.length, onMore]);

  const reveal = useCallback((row: number) => virtual.scrollToIndex(row), [virtual]);
  const page = Math.max(1, Math.floor((root.current?.clientHeight ?? 400) / ROW_HEIGHT) - 2);
  const navigation = useGridNavigation(
    root,
    { rows: rows.length, columns: columns.length + 1, page },
    reveal,
  );
  const { active, focus } = navigation;
  activeRow.current = active.row;

  const toggle = useCallback(
    (index: number, withShift: boolean) => {
      onSelect(toggledRange(rows, selection, { index, anchor: anchor.current, withShift }));
      anchor.current = index;
    },
    [onSelect, rows, selection],
  );
  const allState = selection.size === 0 ? false : selection.size >= rows.length ? true : "mixed";
  const toggleAll = () =>
    onSelect(allState === true ? new Set() : new Set(rows.map((row) => row.id)));

  const startEdit = useCallback(
    (position: Position): boolean => {
      const row = rows[position.row];
      const column = columns[position.column - 1];
      if (!row || !column || !isCellEditable(table, row, column)) {
        return false;
      }
      setEditing(position);
      return true;
    },
    [rows, columns, table],
  );
  const edited = useCallback(
    (position: Position, value: FieldValue | undefined, leaveTo: LeaveTo) => {
      setEditing(null);
      const row = rows[position.row];
      const column = columns[position.column - 1];
      if (value !== undefined && row && column) {
        void onCommit(row, column, value);
      }
      const next = leavePosition(position, leaveTo, rows.length, columns.length);
      focus(next);
      if (leaveTo === "next" || leaveTo === "previous") {
        startEdit(next);
      }
    },
    [rows, columns, onCommit, focus, startEdit],
  );

  const sortBy = (column: Column) =>
    props.onSort({
      column: column.name,
      descending: props.sort?.column === column.name ? !props.sort.descending : false,
    });
  const applyFilter = (column: Column, filter: ColumnFilter | null) =>
    props.onFilter([
      ...props.filters.filter((each) => each.c !== column.name),
      ...(filter ? [filter] : []),
    ]);

  const onHeadKey = (event: KeyboardEvent, column: Column | undefined) => {
    if (event.altKey && event.key === "ArrowDown" && column) {
      event.preventDefault();
      setFilterColumn(column.name);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (column) {
        sortBy(column);
      } else {
        toggleAll();
      }
    }
  };
  const onCellKey = (event: KeyboardEvent, row: Row, column: Column | undefined) => {
    if (event.key === " ") {
      event.preventDefault();
      toggle(active.row, event.shiftKey);
    } else if (event.key === "F2") {
      event.preventDefault();
      startEdit(active);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const isName = !column || column.name === table.primaryName;
      if (isName || !startEdit(active)) {
        props.onOpen(row);
      }
    } else if (event.key === "a" && event.ctrlKey) {
      event.preventDefault();
      toggleAll();
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (navigation.onArrow(event)) {
      return;
    }
    const column = columns[active.column - 1];
    const row = rows[active.row];
    if (active.row === -1) {
      onHeadKey(event, column);
    } else if (row) {
      onCellKey(event, row, column);
    }
  };

  const { note } = navigation;
  const isEmpty = rows.length === 0 && !props.isLoading;
  return (
    <div className={mergeClasses(styles.frame, props.isEmbedded && styles.embeddedFrame)}>
      <div
        ref={root}
        className={mergeClasses(
          styles.root,
          props.isEmbedded && styles.embedded,
          rows.length === 0 && styles.headOnly,
        )}
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.hasMore ? -1 : rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-busy={props.isLoading}
        onKeyDown={onKeyDown}
      >
        <div
          role="row"
          aria-rowindex={1}
          className={styles.head}
          style={{ gridTemplateColumns: template, minWidth }}
        >
          <SelectAllCell active={active} state={allState} onToggle={toggleAll} />
          {headers.map((header, index) => {
            const column = columns[index];
            return column ? (
              <HeadCell
                key={header.id}
                column={column}
                header={header}
                index={index + 1}
                active={active}
                sort={props.sort}
                filter={props.filters.find((each) => each.c === column.name)}
                isFilterOpen={filterColumn === column.name}
                onFilterOpen={(open) => setFilterColumn(open ? column.name : null)}
                onSort={() => sortBy(column)}
                onFilter={(filter) => applyFilter(column, filter)}
              />
            ) : null;
          })}
        </div>
        <div
          role="rowgroup"
          className={styles.body}
          style={{ height: virtual.getTotalSize(), minWidth }}
        >
          {items.map((item) => {
            const row = rows[item.index];
            return row ? (
              <GridRow
                key={row.id}
                table={table}
                row={row}
                columns={columns}
                index={item.index}
                top={item.start}
                template={template}
                activeColumn={active.row === item.index ? active.column : null}
                editColumn={editing?.row === item.index ? editing.column : null}
                isSelected={selection.has(row.id)}
                onFocusCell={note}
                onToggle={toggle}
                onStartEdit={startEdit}
                onEdited={edited}
              />
            ) : null;
          })}
        </div>
      </div>
      {props.isLoading && rows.length === 0 && (
        <GhostRows columns={columns} template={template} count={props.isEmbedded ? 2 : 8} />
      )}
      {props.isLoading && rows.length > 0 && (
        <div className={styles.more}>
          <Busy label={t.grid.loadingMore} />
        </div>
      )}
      {isEmpty && props.empty}
      {isEmpty && !props.isEmbedded && <GhostRows columns={columns} template={template} />}
    </div>
  );
}
