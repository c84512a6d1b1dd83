import { Button } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import type { Subgrid, Table } from "@/api/metadata";
import { allOf } from "@/api/odata";
import { type Row, textIn } from "@/api/rows";
import { useGo } from "@/ui/AppLink";
import { Loading } from "@/ui/feedback/Loading";
import { LiveGrid } from "@/ui/grid/LiveGrid";
import { type ListState, viewOf } from "@/ui/grid/request";
import { newPath } from "@/ui/paths";
import { tableQuery } from "@/ui/queries";
import { t } from "@/ui/texts";
import { LinkedRows } from "./LinkedRows";
import { SectionCard } from "./SectionCard";

export interface SubgridProps {
  parent: Table;
  row: Row;
  label: string;
  subgrid: Subgrid;
  isReadOnly: boolean;
}

export function SubgridSection(props: SubgridProps) {
  return (
    <Suspense fallback={<Loading />}>
      {props.subgrid.manyToMany ? <LinkedRows {...props} /> : <RelatedRows {...props} />}
    </Suspense>
  );
}

/** Rows of another table that point to this record. */
function RelatedRows({ parent, row, label, subgrid, isReadOnly }: SubgridProps) {
  const { data: table } = useSuspenseQuery(tableQuery(subgrid.table));
  const [state, setState] = useState<ListState>({});
  const go = useGo();
  const base = viewOf(table);
  const view = {
    ...base,
    filter: undefined,
    columns: subgrid.columns
      ? subgrid.columns.map((name) => ({
          name,
          ...base.columns.find((each) => each.name === name),
        }))
      : base.columns.filter((each) => each.name !== subgrid.column),
  };
  const link = `_${subgrid.column}_value eq ${row.id}`;
  const presets = subgrid.column
    ? {
        [subgrid.column]: {
          table: parent.logicalName,
          id: row.id,
          name: textIn(row, parent.primaryName),
        },
      }
    : {};
  const canCreate =
    !isReadOnly && subgrid.column !== undefined && table.privileges?.create !== false;
  return (
    <SectionCard
      title={label}
      actions={
        canCreate && (
          <Button
            appearance="subtle"
            size="small"
            icon={<AddRegular />}
            onClick={() => go(newPath(table.logicalName, presets))}
          >
            {t.shell.new}
          </Button>
        )
      }
    >
      <LiveGrid
        table={table}
        view={view}
        label={label}
        state={state}
        onState={setState}
        fixedFilter={allOf([link, subgrid.filter])}
        isEmbedded
      />
    </SectionCard>
  );
}
