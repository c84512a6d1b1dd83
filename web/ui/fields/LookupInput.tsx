import { Button, Combobox, makeStyles, Option, Text, tokens } from "@fluentui/react-components";
import { AddRegular, DismissRegular, OpenRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useInnerLink } from "@/ui/AppLink";
import { useCreateDialog } from "@/ui/create/context";
import { recordPath } from "@/ui/paths";
import { t } from "@/ui/texts";
import { ariaOf, type FieldInputProps } from "./types";
import { type LookupHit, useLookupSearch } from "./useLookupSearch";
import { isLookupValue, type LookupValue } from "./values";

const useStyles = makeStyles({
  row: { display: "flex", alignItems: "center", width: "100%", minWidth: 0 },
  box: { flexGrow: 1, minWidth: 0, "& input": { minWidth: 0, width: "100%" } },
  hit: { display: "flex", flexDirection: "column", minWidth: 0 },
  detail: { color: tokens.colorNeutralForeground3 },
});

function OpenButton({ value }: { value: LookupValue }) {
  const link = useInnerLink(recordPath(value.table, value.id));
  return (
    <Button
      as="a"
      {...link}
      appearance="subtle"
      size="small"
      icon={<OpenRegular />}
      aria-label={t.form.lookupOpen(value.name)}
    />
  );
}

const NEW = "new:";

export function LookupInput(props: FieldInputProps) {
  const styles = useStyles();
  const { column, onChange, onCommit, readOnly, inCell, autoFocus } = props;
  const value = isLookupValue(props.value) ? props.value : null;
  const targets = column.targets ?? [];
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const create = useCreateDialog();
  const search = useLookupSearch(targets, typed ?? "", {
    enabled: isOpen,
    ...(props.lookupFilter ? { filter: props.lookupFilter } : {}),
  });
  const hits = search.data ?? [];

  const finish = (next: LookupValue | null) => {
    setTyped(null);
    setOpen(false);
    onChange(next);
    onCommit(next);
  };
  const select = (key: string) => {
    if (key.startsWith(NEW)) {
      const table = key.slice(NEW.length);
      setOpen(false);
      create(table, typed ?? "", finish);
      return;
    }
    const hit = hits.find((each) => each.id === key);
    if (hit) {
      finish({ table: hit.table, id: hit.id, name: hit.name });
    }
  };

  return (
    <div className={styles.row}>
      <Combobox
        {...ariaOf(props)}
        className={styles.box}
        appearance={inCell ? "underline" : readOnly ? "filled-darker" : "outline"}
        freeform
        clearable={false}
        autoFocus={autoFocus}
        open={isOpen && !readOnly}
        input={{ readOnly, autoComplete: "off" }}
        expandIcon={readOnly ? null : undefined}
        placeholder={props.label && !inCell ? props.label : undefined}
        value={typed ?? value?.name ?? ""}
        selectedOptions={value ? [value.id] : []}
        onOpenChange={(_, data) => setOpen(data.open && !readOnly)}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
        }}
        onOptionSelect={(_, data) => select(data.optionValue ?? "")}
        onBlur={() => {
          // A text that was never matched to a record is no value; an emptied field is.
          if (typed !== null && typed.trim() === "" && value) {
            finish(null);
          }
          setTyped(null);
        }}
      >
        {hits.map((hit) => (
          <Option key={hit.id} value={hit.id} text={hit.name}>
            <Hit hit={hit} withTable={targets.length > 1} />
          </Option>
        ))}
        {hits.length === 0 && (
          <Option key="none" value="" text="" disabled>
            {search.isFetching ? t.form.lookupSearching : t.form.lookupNone}
          </Option>
        )}
        {targets
          .filter((target) => column.type !== "owner" && target.table !== "systemuser")
          .map((target) => (
            <Option key={NEW + target.table} value={NEW + target.table} text={typed ?? ""}>
              <AddRegular />
              {t.form.lookupNew(target.label ?? target.table)}
            </Option>
          ))}
      </Combobox>
      {value && !readOnly && !column.required && !inCell && (
        <Button
          appearance="subtle"
          size="small"
          icon={<DismissRegular />}
          aria-label={t.form.lookupClear(column.label)}
          onClick={() => finish(null)}
        />
      )}
      {value && !inCell && <OpenButton value={value} />}
    </div>
  );
}

function Hit({ hit, withTable }: { hit: LookupHit; withTable: boolean }) {
  const styles = useStyles();
  const detail = [withTable ? hit.tableLabel : "", hit.detail].filter(Boolean).join(" · ");
  return (
    <span className={styles.hit}>
      <Text truncate wrap={false}>
        {hit.name}
      </Text>
      {detail && (
        <Text size={200} className={styles.detail} truncate wrap={false}>
          {detail}
        </Text>
      )}
    </span>
  );
}
