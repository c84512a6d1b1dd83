import { makeStyles, tokens } from "@fluentui/react-components";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorNote } from "./feedback/ErrorNote";
import { Loading } from "./feedback/Loading";

const useStyles = makeStyles({
  body: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXXL}`,
  },
});

export function PageBody({ children }: { children: ReactNode }) {
  return <div className={useStyles().body}>{children}</div>;
}

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** What a page shows while it reads, when it may not, and when it has. */
export function Loaded<T>({ query, children }: LoadedProps<T>) {
  return (
    <>
      {query.error && <ErrorNote error={query.error} onRetry={() => query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data !== undefined && children(query.data)}
    </>
  );
}
