import { Link, type LinkProps } from "@fluentui/react-components";
import { useRouter } from "@tanstack/react-router";
import { type MouseEvent, useCallback } from "react";
import { hrefOf } from "./paths";

/** Goes to a page of the workspace. */
export function useGo(): (path: string, replace?: boolean) => void {
  const router = useRouter();
  return useCallback(
    (path: string, replace = false) => {
      if (replace) {
        router.history.replace(hrefOf(path));
      } else {
        router.history.push(hrefOf(path));
      }
    },
    [router],
  );
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** Handlers and address that make any anchor an inner link. */
export function useInnerLink(path: string): {
  href: string;
  onClick: (event: MouseEvent<HTMLElement>) => void;
} {
  const go = useGo();
  return {
    href: hrefOf(path),
    onClick: (event) => {
      if (isPlainClick(event)) {
        event.preventDefault();
        go(path);
      }
    },
  };
}

type AppLinkProps = Omit<LinkProps, "href" | "as" | "onClick"> & {
  to: string;
  onClick?: (event: MouseEvent<HTMLAnchorElement>) => void;
};

export function AppLink({ to, onClick, ...rest }: AppLinkProps) {
  const inner = useInnerLink(to);
  return (
    <Link
      {...(rest as LinkProps & { as?: "a" })}
      href={inner.href}
      onClick={(event: MouseEvent<HTMLAnchorElement>) => {
        onClick?.(event);
        inner.onClick(event);
      }}
    />
  );
}
