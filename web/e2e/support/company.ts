// The people of the story, each in a browser of their own. A person signs in once and stays so for all
// acts.
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

export type Person = "daisy" | "tom" | "sam" | "paul" | "ines" | "otto" | "ada";

const NAMES: Record<Person, string> = {
  daisy: "Daisy Phillips",
  tom: "Tom Becker",
  sam: "Sam Okafor",
  paul: "Paul Murphy",
  ines: "Ines Walsh",
  otto: "Otto Brandt",
  ada: "Ada Byrne",
};

type SignedIn = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface Company {
  /** The workspace as this person sees it. */
  as: (person: Person) => Promise<Page>;
  /** Somebody from outside: no cookies. */
  guest: () => Promise<Page>;
}

const address = (): string => {
  const url = process.env.CASHLINE_E2E_URL ?? process.env.CASHLINE_URL;
  if (!url) {
    throw new Error("The server did not say where it listens.");
  }
  return url;
};

async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto("/app/sign-in");
  await page.getByRole("button", { name: NAMES[person] }).click();
  await expect(page.getByRole("navigation", { name: "Site map" })).toBeVisible();
}

export const test = base.extend<Company, { sessions: Map<Person, SignedIn> }>({
  baseURL: ({ browserName: _ }, use) => use(address()),
  sessions: [({ browserName: _ }, use) => use(new Map()), { scope: "worker" }],
  guest: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  as: async ({ browser, sessions }, use) => {
    const pages = new Map<Person, Page>();
    await use(async (person) => {
      const open = pages.get(person);
      if (open) {
        return open;
      }
      const known = sessions.get(person);
      const context = await browser.newContext(known ? { storageState: known } : {});
      const page = await context.newPage();
      pages.set(person, page);
      if (!known) {
        await signIn(page, person);
        sessions.set(person, await context.storageState());
      }
      return page;
    });
    await Promise.all([...pages.values()].map((page) => page.context().close()));
  },
});

export { expect };
