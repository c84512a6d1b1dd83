import { Button, Text } from "@fluentui/react-components";
import { ArrowUploadRegular } from "@fluentui/react-icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/api/error";
import { type BankStatement, importStatement, retrieveStatements } from "@/api/office";
import { AppLink, useGo } from "@/ui/AppLink";
import { type DataColumn, DataTable } from "@/ui/DataTable";
import { FileField } from "@/ui/dialogs/FileField";
import { FormDialog } from "@/ui/dialogs/FormDialog";
import { useDialogs } from "@/ui/dialogs/host";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { toBase64 } from "@/ui/files";
import { formatDate } from "@/ui/format";
import { Loaded, PageBody } from "@/ui/PageBody";
import { PageHead } from "@/ui/PageHead";
import { pageQuery } from "@/ui/queries";
import { Tint } from "@/ui/Tint";
import { t } from "@/ui/texts";

const words = t.office.bank;

export const statementsQuery = pageQuery("statements", [], retrieveStatements);

const COLUMNS: readonly DataColumn<BankStatement>[] = [
  {
    key: "number",
    label: words.statement,
    render: (each) => <AppLink to={`/office/bank/${each.id}`}>{words.number(each.number)}</AppLink>,
  },
  { key: "account", label: words.account, render: (each) => each.iban || each.account },
  {
    key: "period",
    label: words.period,
    render: (each) => `${formatDate(each.from)} – ${formatDate(each.to)}`,
  },
  { key: "opening", label: words.opening, isNumber: true, render: (each) => each.openingText },
  { key: "closing", label: words.closing, isNumber: true, render: (each) => each.closingText },
  { key: "lines", label: words.lines, isNumber: true, render: (each) => each.lineCount },
  { key: "open", label: words.unmatched, isNumber: true, render: (each) => each.openCount },
  {
    key: "status",
    label: words.status,
    render: (each) => (
      <Tint tone={each.status === "open" ? "brand" : "neutral"}>{words.states[each.status]}</Tint>
    ),
  },
];

export function BankPage() {
  const dialogs = useDialogs();
  const statements = useQuery(statementsQuery);
  const importButton = (
    <Button
      appearance="primary"
      icon={<ArrowUploadRegular />}
      onClick={() => dialogs.open((close) => <ImportDialog onClose={close} />)}
    >
      {words.import}
    </Button>
  );
  return (
    <>
      <PageHead title={words.title}>{importButton}</PageHead>
      <PageBody>
        <Loaded query={statements}>
          {(all) =>
            all.length === 0 ? (
              <EmptyState title={words.none} />
            ) : (
              <DataTable
                label={words.title}
                columns={COLUMNS}
                items={all}
                keyOf={(each) => each.id}
              />
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}

function ImportDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const go = useGo();
  const [file, setFile] = useState<File | null>(null);
  return (
    <FormDialog
      title={words.importTitle}
      submit={words.import}
      onClose={onClose}
      onSubmit={async () => {
        if (!file) {
          throw new ApiError(words.chooseFile);
        }
        const { StatementId } = await importStatement(file.name, await toBase64(file));
        await client.invalidateQueries({ queryKey: ["page"] });
        go(`/office/bank/${StatementId}`);
      }}
    >
      <Text>{words.importText}</Text>
      <FileField label={words.file} accept=".xml,.053" file={file} onChange={setFile} />
    </FormDialog>
  );
}
