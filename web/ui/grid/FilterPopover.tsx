import { Popover, PopoverSurface } from "@fluentui/react-components";
import type { RefObject } from "react";
import type { Column } from "@/api/metadata";
import { t } from "@/ui/texts";
import { FilterForm } from "./FilterForm";
import type { ColumnFilter } from "./filters";

interface FilterPopoverProps {
  column: Column;
  filter: ColumnFilter | undefined;
  target: RefObject<HTMLElement | null>;
  onClose: () => void;
  onApply: (filter: ColumnFilter | null) => void;
}

export function FilterPopover({ column, filter, target, onClose, onApply }: FilterPopoverProps) {
  return (
    <Popover
      open
      trapFocus
      positioning={{ target: target.current, position: "below" }}
      onOpenChange={(_, data) => !data.open && onClose()}
    >
      <PopoverSurface
        aria-label={t.grid.filterTitle(column.label)}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") {
            onClose();
          }
        }}
      >
        <FilterForm column={column} filter={filter} onApply={onApply} />
      </PopoverSurface>
    </Popover>
  );
}
