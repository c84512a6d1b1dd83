import { Button, Input, makeStyles, Textarea } from "@fluentui/react-components";
import { CallRegular, MailRegular, OpenRegular } from "@fluentui/react-icons";
import { ariaOf, type FieldInputProps } from "./types";

const useStyles = makeStyles({
  full: { width: "100%", minWidth: 0 },
  memo: { width: "100%", minHeight: "84px" },
});

const TYPES: Record<string, "email" | "url" | "tel"> = { email: "email", url: "url", phone: "tel" };

function ActionOf({ format, value }: { format: string | undefined; value: string }) {
  if (!value) {
    return null;
  }
  const actions = {
    email: { href: `mailto:${value}`, icon: <MailRegular />, label: `Write to ${value}` },
    phone: { href: `tel:${value}`, icon: <CallRegular />, label: `Call ${value}` },
    url: {
      href: /^https?:\/\//i.test(value) ? value : `https://${value}`,
      icon: <OpenRegular />,
      label: `Open ${value}`,
    },
  };
  const action = actions[format as keyof typeof actions];
  return action ? (
    <Button
      as="a"
      appearance="transparent"
      size="small"
      icon={action.icon}
      href={action.href}
      target={format === "url" ? "_blank" : undefined}
      rel="noreferrer"
      aria-label={action.label}
    />
  ) : null;
}

export function TextInput(props: FieldInputProps) {
  const styles = useStyles();
  const { column, onChange, onCommit, readOnly, inCell, autoFocus } = props;
  const value = typeof props.value === "string" ? props.value : "";
  return (
    <Input
      {...ariaOf(props)}
      className={styles.full}
      appearance={inCell ? "underline" : readOnly ? "filled-darker" : "outline"}
      type={TYPES[column.format ?? ""] ?? "text"}
      value={value}
      readOnly={readOnly}
      autoFocus={autoFocus}
      maxLength={column.maxLength}
      contentAfter={inCell ? undefined : <ActionOf format={column.format} value={value} />}
      onChange={(_, data) => onChange(data.value)}
      onBlur={() => onCommit(value)}
    />
  );
}

export function MemoInput(props: FieldInputProps) {
  const styles = useStyles();
  const { column, onChange, onCommit, readOnly, autoFocus, inCell } = props;
  const value = typeof props.value === "string" ? props.value : "";
  if (inCell) {
    return <TextInput {...props} />;
  }
  return (
    <Textarea
      {...ariaOf(props)}
      className={styles.memo}
      appearance={readOnly ? "filled-darker" : "outline"}
      resize="vertical"
      textarea={{ rows: Math.min(10, Math.max(3, value.split("\n").length + 1)) }}
      value={value}
      readOnly={readOnly}
      autoFocus={autoFocus}
      maxLength={column.maxLength}
      onChange={(_, data) => onChange(data.value)}
      onBlur={() => onCommit(value)}
    />
  );
}
