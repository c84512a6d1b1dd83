import { cleanup, render } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { SafeHtml, safeHref } from "./SafeHtml";

afterEach(cleanup);

const shown = (html: string): string => render(<SafeHtml html={html} />).container.innerHTML;

describe("foreign HTML", () => {
  it("keeps words, lists and links", () => {
    const html = shown(
      '<p>Dear <b>Mona</b>, <a href="/shop/invite/1">sign in</a></p><ul><li>x</li></ul>',
    );
    expect(html).toContain("<p>Dear <b>Mona</b>");
    expect(html).toContain('href="/shop/invite/1"');
    expect(html).toContain("<li>x</li>");
  });

  it("drops whatever could act", () => {
    const html = shown(
      '<p onclick="x()">a</p><script>x()</script><style>p{}</style><img src=x onerror=x()><form><input>b</form>',
    );
    expect(html).toBe("<p>a</p>b");
  });

  it.each([
    "javascript:alert(1)",
    "JAVASCRIPT:x",
    "data:text/html,x",
    "//evil.example",
    " vbscript:x",
  ])("does not open %s", (href) => expect(safeHref(href)).toBeNull());

  it.each(["https://a.example", "mailto:a@b.example", "/shop/1"])("opens %s", (href) =>
    expect(safeHref(href)).toBe(href),
  );
});
