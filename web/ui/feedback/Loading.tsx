import { makeStyles } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { Busy } from "@/ui/feedback/Busy";
import { t } from "@/ui/texts";

const useStyles = makeStyles({
  root: { display: "flex", justifyContent: "center", alignItems: "center", minHeight: "120px" },
});

const PATIENCE_MS = 300;

/** Nothing at first, since most things arrive at once; then a spinner with words. */
export function Loading({ label = t.shell.loading }: { label?: string }) {
  const styles = useStyles();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return <div className={styles.root}>{isLate && <Busy isLarge label={label} />}</div>;
}
