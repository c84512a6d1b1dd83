import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { toApiError } from "@/api/error";
import { useGo } from "@/ui/AppLink";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { describeError } from "@/ui/feedback/ErrorNote";
import { t } from "@/ui/texts";

const useStyles = makeStyles({ root: { padding: tokens.spacingHorizontalXXL } });

function explanation(thrown: unknown): string {
  const error = toApiError(thrown);
  if (error.isMissing) {
    return t.shell.error.missing;
  }
  return error.isDenied ? `${t.shell.error.denied} ${error.message}` : describeError(thrown);
}

/** A page that failed leaves the frame standing, says why and offers two ways on. */
export function ErrorPage({ error, reset }: { error: unknown; reset: () => void }) {
  const styles = useStyles();
  const go = useGo();
  return (
    <div className={styles.root} role="alert">
      <EmptyState isPage title={t.shell.error.title} text={explanation(error)}>
        <Button appearance="primary" onClick={reset}>
          {t.shell.retry}
        </Button>
        <Button onClick={() => go("/")}>{t.shell.error.goHome}</Button>
      </EmptyState>
    </div>
  );
}

export function MissingPage() {
  const styles = useStyles();
  const go = useGo();
  return (
    <div className={styles.root}>
      <EmptyState isPage title={t.shell.error.pageMissing}>
        <Button appearance="primary" onClick={() => go("/")}>
          {t.shell.error.goHome}
        </Button>
      </EmptyState>
    </div>
  );
}
