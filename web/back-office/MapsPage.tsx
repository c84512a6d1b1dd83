// Dual-write: every map, and whatever is not equal on both sides.
import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Select,
  Text,
  tokens,
} from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  type MapColumn,
  type MapDifference,
  type MapMode,
  retrieveDifferences,
  retrieveMaps,
  type SyncMap,
  setMapMode,
} from "@/api/office";
import { AppLink } from "@/ui/AppLink";
import { type DataColumn, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { SectionCard } from "@/ui/form/SectionCard";
import { formatDateTime, formatNumber } from "@/ui/format";
import { Loaded, PageBody } from "@/ui/PageBody";
import { PageHead } from "@/ui/PageHead";
import { recordPath } from "@/ui/paths";
import { pageQuery } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";

const words = t.office.maps;
const mapsQuery = pageQuery("maps", [], retrieveMaps);

const useStyles = makeStyles({ muted: { color: tokens.colorNeutralForeground3 } });

const MODES: readonly MapMode[] = ["live", "paused", "stopped"];

export function MapsPage() {
  const styles = useStyles();
  const client = useQueryClient();
  const maps = useQuery(mapsQuery);
  const columns: readonly DataColumn<SyncMap>[] = [
    {
      key: "label",
      label: words.map,
      render: (map) => <AppLink to={`/office/maps/${map.name}`}>{map.label}</AppLink>,
    },
    {
      key: "pair",
      label: words.pair,
      render: (map) => `${map.salesTable} ↔ ${map.financeTable}`,
    },
    {
      key: "mode",
      label: words.mode,
      width: "120px",
      render: (map) => (
        <Tint tone={map.mode === "live" ? "good" : "warning"}>{words.modes[map.mode]}</Tint>
      ),
    },
    { key: "pairs", label: words.pairs, isNumber: true, render: (map) => formatNumber(map.pairs) },
    {
      key: "waiting",
      label: words.waiting,
      isNumber: true,
      render: (map) => formatNumber(map.waiting),
    },
    {
      key: "differences",
      label: words.differences,
      isNumber: true,
      render: (map) => (
        <Tint tone={map.differences > 0 ? "bad" : "good"}>{formatNumber(map.differences)}</Tint>
      ),
    },
  ];
  return (
    <>
      <PageHead title={words.title}>
        <Button
          icon={<ArrowClockwiseRegular />}
          onClick={() => client.invalidateQueries({ queryKey: mapsQuery.queryKey })}
        >
          {words.recheck}
        </Button>
      </PageHead>
      <PageBody>
        <Loaded query={maps}>
          {(data) => (
            <>
              <Text size={200} className={styles.muted} role="status">
                {words.checked(formatDateTime(data.checkedOn))}
              </Text>
              {data.maps.length === 0 ? (
                <EmptyState title={words.none} />
              ) : (
                <DataTable
                  label={words.title}
                  columns={columns}
                  items={data.maps}
                  keyOf={(map) => map.name}
                />
              )}
            </>
          )}
        </Loaded>
      </PageBody>
    </>
  );
}

const DIFFERENCES: readonly DataColumn<MapDifference>[] = [
  {
    key: "record",
    label: words.record,
    render: (row) =>
      row.salesTable && row.salesId ? (
        <AppLink to={recordPath(row.salesTable, row.salesId)}>{row.title || row.key}</AppLink>
      ) : (
        row.title || row.key
      ),
  },
  { key: "kind", label: words.kind, render: (row) => words.kinds[row.kind] },
  { key: "column", label: words.column, render: (row) => row.column ?? "" },
  { key: "sales", label: words.sales, render: (row) => row.salesValue ?? row.message ?? "" },
  { key: "finance", label: words.finance, render: (row) => row.financeValue ?? "" },
];

const COLUMNS: readonly DataColumn<MapColumn>[] = [
  { key: "sales", label: words.sales, render: (column) => column.sales },
  { key: "finance", label: words.finance, render: (column) => column.finance },
  {
    key: "direction",
    label: words.direction,
    render: (column) => words.directions[column.direction],
  },
  {
    key: "owner",
    label: words.owner,
    render: (column) => (column.owner ? words.owners[column.owner] : ""),
  },
];

export function MapPage({ name }: { name: string }) {
  const maps = useQuery(mapsQuery);
  const differences = useQuery(pageQuery("differences", [name], () => retrieveDifferences(name)));
  const map = maps.data?.maps.find((each) => each.name === name);
  return (
    <>
      <PageHead title={map?.label ?? name} crumbs={[{ label: words.title, path: "/office/maps" }]}>
        {map && <ModeSelect map={map} />}
      </PageHead>
      <PageBody>
        <Loaded query={differences}>
          {(data) =>
            data.rows.length === 0 ? (
              <MessageBar intent="success">
                <MessageBarBody>
                  {words.equal} {words.checked(formatDateTime(data.checkedOn))}
                </MessageBarBody>
              </MessageBar>
            ) : (
              <DataTable
                label={words.differences}
                columns={DIFFERENCES}
                items={data.rows}
                keyOf={(row) => `${row.key}/${row.column ?? ""}/${row.kind}`}
              />
            )
          }
        </Loaded>
        {map && (
          <SectionCard title={words.columns}>
            <DataTable
              label={words.columns}
              columns={COLUMNS}
              items={map.columns}
              keyOf={(column) => `${column.sales}/${column.finance}`}
              isPlain
            />
          </SectionCard>
        )}
      </PageBody>
    </>
  );
}

function ModeSelect({ map }: { map: SyncMap }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<unknown>(null);
  const change = async (mode: MapMode) => {
    setProblem(null);
    try {
      await setMapMode(map.name, mode);
      await client.invalidateQueries({ queryKey: mapsQuery.queryKey });
    } catch (thrown) {
      setProblem(thrown);
    }
  };
  return (
    <>
      {problem !== null && <ErrorNote error={problem} />}
      <Select
        aria-label={words.change}
        value={map.mode}
        onChange={(_, data) => void change(data.value as MapMode)}
      >
        {MODES.map((mode) => (
          <option key={mode} value={mode}>
            {words.modes[mode]}
          </option>
        ))}
      </Select>
    </>
  );
}
