// Foreign HTML (mails) as our own elements: words, lists, tables and links survive, everything that
// could act or look like the workspace does not.
import { createElement, Fragment, type ReactNode, useMemo } from "react";

const KEPT = new Set([
  "p",
  "div",
  "br",
  "hr",
  "ul",
  "ol",
  "li",
  "b",
  "strong",
  "i",
  "em",
  "u",
  "h1",
  "h2",
  "h3",
  "h4",
  "blockquote",
  "pre",
  "code",
  "table",
  "thead",
  "tbody",
  "tr",
  "td",
  "th",
]);
const DROPPED = new Set([
  "script",
  "style",
  "head",
  "title",
  "template",
  "object",
  "svg",
  "iframe",
]);
const EMPTY = new Set(["br", "hr"]);

/** A page keeps one first heading; those of a mail come below it. */
const RENAMED: Record<string, string> = { h1: "h3", h2: "h3", h3: "h4", h4: "h5", div: "div" };

/** Only addresses that a click may open. */
export function safeHref(href: string | null): string | null {
  const trimmed = href?.trim() ?? "";
  return /^(https?:\/\/|mailto:|\/(?!\/))/i.test(trimmed) ? trimmed : null;
}

function toReact(node: Node, key: string): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) {
    return node.textContent;
  }
  if (!(node instanceof Element)) {
    return null;
  }
  const name = node.tagName.toLowerCase();
  if (DROPPED.has(name)) {
    return null;
  }
  if (EMPTY.has(name)) {
    return createElement(name, { key });
  }
  const children = [...node.childNodes].map((child, index) => toReact(child, `${key}.${index}`));
  if (name === "a") {
    const href = safeHref(node.getAttribute("href"));
    return href ? (
      <a key={key} href={href} target="_blank" rel="noreferrer" style={{ color: "inherit" }}>
        {children}
      </a>
    ) : (
      <Fragment key={key}>{children}</Fragment>
    );
  }
  return KEPT.has(name) ? (
    createElement(RENAMED[name] ?? name, { key }, ...children)
  ) : (
    <Fragment key={key}>{children}</Fragment>
  );
}

export function SafeHtml({ html }: { html: string }) {
  const content = useMemo(() => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return [...body.childNodes].map((node, index) => toReact(node, String(index)));
  }, [html]);
  return <>{content}</>;
}
