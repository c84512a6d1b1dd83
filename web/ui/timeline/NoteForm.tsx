import { Button, makeStyles, Text, Textarea, tokens } from "@fluentui/react-components";
import { AttachRegular, DismissRegular } from "@fluentui/react-icons";
import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { createRow } from "@/api/client";
import { ApiError } from "@/api/error";
import type { Table } from "@/api/metadata";
import type { Row } from "@/api/rows";
import { Busy } from "@/ui/feedback/Busy";
import { ErrorNote } from "@/ui/feedback/ErrorNote";
import { toBase64 } from "@/ui/files";
import { t } from "@/ui/texts";
import { useRefreshTimeline } from "./useTimeline";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  row: { display: "flex", gap: tokens.spacingHorizontalS, alignItems: "center", flexWrap: "wrap" },
  file: { display: "none" },
});

const NOTES = { entitySetName: "annotations", primaryId: "annotationid" };
const MAX_FILE = 5 * 1024 * 1024;

export function NoteForm({ table, row, onDone }: { table: Table; row: Row; onDone: () => void }) {
  const styles = useStyles();
  const refresh = useRefreshTimeline();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [isWorking, setWorking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const submit = async (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (!text.trim() && !file) {
      return;
    }
    setWorking(true);
    setProblem(null);
    try {
      if (file && file.size > MAX_FILE) {
        throw new ApiError(t.form.timeline.fileTooBig);
      }
      const body = file
        ? {
            filename: file.name,
            mimetype: file.type || "application/octet-stream",
            documentbody: await toBase64(file),
            isdocument: true,
          }
        : {};
      await createRow(NOTES, {
        notetext: text.trim(),
        ...body,
        [`objectid_${table.logicalName}@odata.bind`]: `/${table.entitySetName}(${row.id})`,
      });
      await refresh();
      onDone();
    } catch (thrown) {
      setProblem(thrown);
      setWorking(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      {problem !== null && <ErrorNote error={problem} />}
      <Textarea
        aria-label={t.form.timeline.noteText}
        value={text}
        resize="vertical"
        onChange={(_, data) => setText(data.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && event.ctrlKey) {
            void submit(event);
          }
        }}
      />
      <div className={styles.row}>
        <Button
          type="submit"
          size="small"
          appearance="primary"
          disabled={isWorking || (!text.trim() && !file)}
          icon={isWorking ? <Busy /> : undefined}
        >
          {t.form.timeline.add}
        </Button>
        <Button
          size="small"
          appearance="subtle"
          icon={<AttachRegular />}
          onClick={() => input.current?.click()}
        >
          {t.form.timeline.file}
        </Button>
        {file && (
          <>
            <Text size={200}>{file.name}</Text>
            <Button
              size="small"
              appearance="subtle"
              icon={<DismissRegular />}
              aria-label={`${t.shell.remove} ${file.name}`}
              onClick={() => setFile(null)}
            />
          </>
        )}
        <input
          ref={input}
          type="file"
          className={styles.file}
          aria-label={t.form.timeline.file}
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
      </div>
    </form>
  );
}
