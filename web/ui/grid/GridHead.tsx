import {
  Button,
  Checkbox,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
} from "@fluentui/react-components";
import {
  ArrowSortDownRegular,
  ArrowSortUpRegular,
  FilterFilled,
  FilterRegular,
} from "@fluentui/react-icons";
import { lazy, Suspense, useRef } from "react";
import type { Column } from "@/api/metadata";
import { t } from "@/ui/texts";
import { isRightAligned } from "./CellView";
import { type ColumnFilter, isFilterable } from "./filters";
import type { Sort } from "./request";
import { HEAD_HEIGHT, type Position, SELECT_WIDTH } from "./types";
import type { ColumnHeader } from "./useColumnModel";

const FilterPopover = lazy(() =>
  import("./FilterPopover").then((module) => ({ default: module.FilterPopover })),
);

const useStyles = makeStyles({
  cell: {
    position: "relative",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    height: `${HEAD_HEIGHT}px`,
    boxSizing: "border-box",
    padding: `0 ${tokens.spacingHorizontalXS} 0 ${tokens.spacingHorizontalM}`,
    minWidth: 0,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    cursor: "pointer",
    outlineOffset: "-2px",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    // The filter of a column shows when somebody is at its head, or when it is at work.
    "& .grid-filter": { opacity: 0 },
    ":hover .grid-filter": { opacity: 1 },
    ":focus-within .grid-filter": { opacity: 1 },
    ":focus .grid-filter": { opacity: 1 },
  },
  shown: { "& .grid-filter": { opacity: 1 } },
  end: { justifyContent: "flex-end" },
  sticky: { position: "sticky", zIndex: 2 },
  label: {
    color: tokens.colorNeutralForeground2,
    fontWeight: tokens.fontWeightSemibold,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  resizer: {
    position: "absolute",
    right: 0,
    top: "8px",
    bottom: "8px",
    width: "6px",
    cursor: "col-resize",
    borderRight: `2px solid transparent`,
    ":hover": { borderRightColor: tokens.colorBrandStroke1 },
    touchAction: "none",
  },
  select: { display: "flex", justifyContent: "center", padding: 0, left: 0, cursor: "default" },
});

interface HeadCellProps {
  column: Column;
  header: ColumnHeader;
  index: number;
  active: Position;
  sort: Sort | null;
  filter: ColumnFilter | undefined;
  isFilterOpen: boolean;
  onFilterOpen: (open: boolean) => void;
  onSort: () => void;
  onFilter: (filter: ColumnFilter | null) => void;
}

export function HeadCell(props: HeadCellProps) {
  const styles = useStyles();
  const { column, header, index, active, sort, filter } = props;
  const head = useRef<HTMLDivElement>(null);
  const filterButton = useRef<HTMLButtonElement>(null);
  const close = () => {
    props.onFilterOpen(false);
    head.current?.focus();
  };
  const sorted =
    sort?.column === column.name ? (sort.descending ? "descending" : "ascending") : null;
  return (
    <div
      ref={head}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sorted ?? "none"}
      tabIndex={active.row === -1 && active.column === index ? 0 : -1}
      data-row={-1}
      data-column={index}
      className={mergeClasses(
        styles.cell,
        isRightAligned(column) && styles.end,
        index === 1 && styles.sticky,
        (filter || props.isFilterOpen) && styles.shown,
      )}
      style={index === 1 ? { left: SELECT_WIDTH } : undefined}
      onClick={props.onSort}
    >
      <Text className={styles.label} size={200} title={column.label}>
        {column.label}
      </Text>
      {sorted === "ascending" && <ArrowSortUpRegular aria-hidden />}
      {sorted === "descending" && <ArrowSortDownRegular aria-hidden />}
      {isFilterable(column) && (
        <Button
          ref={filterButton}
          appearance="transparent"
          size="small"
          className="grid-filter"
          tabIndex={-1}
          icon={filter ? <FilterFilled /> : <FilterRegular />}
          aria-label={t.grid.columnMenu(column.label)}
          aria-haspopup="dialog"
          onClick={(event) => {
            event.stopPropagation();
            props.onFilterOpen(!props.isFilterOpen);
          }}
        />
      )}
      {props.isFilterOpen && (
        <Suspense fallback={null}>
          <FilterPopover
            column={column}
            filter={filter}
            target={filterButton}
            onClose={close}
            onApply={(next) => {
              close();
              props.onFilter(next);
            }}
          />
        </Suspense>
      )}
      <span
        aria-hidden
        className={styles.resizer}
        onMouseDown={header.getResizeHandler()}
        onTouchStart={header.getResizeHandler()}
        onClick={(event) => event.stopPropagation()}
      />
    </div>
  );
}

interface SelectAllCellProps {
  active: Position;
  state: boolean | "mixed";
  onToggle: () => void;
}

export function SelectAllCell({ active, state, onToggle }: SelectAllCellProps) {
  const styles = useStyles();
  return (
    <div
      role="columnheader"
      aria-colindex={1}
      tabIndex={active.row === -1 && active.column === 0 ? 0 : -1}
      data-row={-1}
      data-column={0}
      className={mergeClasses(styles.cell, styles.select, styles.sticky)}
    >
      <Checkbox
        checked={state}
        onChange={onToggle}
        input={{ tabIndex: -1, "aria-label": t.grid.selectAll }}
      />
    </div>
  );
}
