import { Button, makeStyles, Tag, TagGroup, tokens } from "@fluentui/react-components";
import type { Column, Table } from "@/api/metadata";
import type { ColumnFilter } from "@/ui/grid/filters";
import type { ListState } from "@/ui/grid/request";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  root: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    flexWrap: "wrap",
    padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}`,
  },
  tags: { flexWrap: "wrap", rowGap: tokens.spacingVerticalXS },
});

function wordsOf(column: Column, filter: ColumnFilter): string {
  const { c: _, o, v } = filter;
  const option = (value: number) =>
    column.options?.find((each) => each.value === value)?.label ?? String(value);
  const isId = typeof v === "string" && /^[0-9a-f-]{36}$/i.test(v);
  const value = Array.isArray(v) ? v.map(option).join(", ") : isId ? "…" : (v ?? "");
  return `${column.label} ${t.grid.operators[o] ?? o} ${value}`.trim();
}

interface FilterChipsProps {
  table: Table;
  state: ListState;
  onState: (state: ListState) => void;
}

/** The conditions that are at work, each to be taken off. */
export function FilterChips({ table, state, onState }: FilterChipsProps) {
  const styles = useStyles();
  const filters = state.filters ?? [];
  if (filters.length === 0) {
    return null;
  }
  return (
    <div className={styles.root}>
      <TagGroup
        className={styles.tags}
        size="small"
        aria-label={t.grid.filters(filters.length)}
        onDismiss={(_, data) =>
          onState({ ...state, filters: filters.filter((each) => each.c !== data.value) })
        }
      >
        {filters.map((filter) => {
          const column = table.column.get(filter.c);
          return column ? (
            <Tag key={filter.c} value={filter.c} dismissible>
              {wordsOf(column, filter)}
            </Tag>
          ) : null;
        })}
      </TagGroup>
      <Button size="small" appearance="subtle" onClick={() => onState({ ...state, filters: [] })}>
        {t.grid.clearFilters}
      </Button>
    </div>
  );
}
