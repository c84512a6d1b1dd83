// Puts shell and apps together: the only file that knows all of them.
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { onSignedOut } from "@/api/client";
import { ErrorPage, MissingPage } from "@/shell/ErrorPage";
import { Frame } from "@/shell/Frame";
import { listSearchFrom } from "@/shell/listSearch";
import { Loading } from "@/ui/feedback/Loading";
import type { Draft } from "@/ui/fields/values";
import { setUserFormats } from "@/ui/format";
import { APP_BASE, hrefOf } from "@/ui/paths";
import { sessionQuery, siteMapQuery, tableQuery } from "@/ui/queries";

interface RouterContext {
  client: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: MissingPage,
});

/** Where to go after the sign-in; only inside of the workspace. */
const destination = (given: unknown): string =>
  typeof given === "string" && given.startsWith("/") && !given.startsWith("//") ? given : "/";

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>) => ({ to: destination(search.to) }),
  component: lazyRouteComponent(async () => {
    const { SignInPage } = await import("@/shell/SignInPage");
    return {
      default: function SignIn() {
        return <SignInPage to={signIn.useSearch().to} />;
      },
    };
  }),
});

const workspace = createRoute({
  getParentRoute: () => root,
  id: "workspace",
  beforeLoad: async ({ context, location }) => {
    const answer = await context.client.ensureQueryData(sessionQuery);
    if ("signedOut" in answer) {
      throw redirect({
        to: "/sign-in",
        search: { to: location.href.replace(APP_BASE, "") || "/" },
      });
    }
    setUserFormats(answer.signedIn);
    void context.client.prefetchQuery(siteMapQuery);
    return { session: answer.signedIn };
  },
  component: function Workspace() {
    return <Frame session={workspace.useRouteContext().session} />;
  },
});

const home = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  component: lazyRouteComponent(() => import("@/sales-hub/DashboardPage"), "DashboardPage"),
});

const list = createRoute({
  getParentRoute: () => workspace,
  path: "/t/$table",
  validateSearch: listSearchFrom,
  loader: ({ context, params }) => {
    void context.client.prefetchQuery(tableQuery(params.table));
  },
  component: lazyRouteComponent(async () => {
    const { ListPage } = await import("@/shell/ListPage");
    return {
      default: function List() {
        return <ListPage name={list.useParams().table} search={list.useSearch()} />;
      },
    };
  }),
});

/** What an app has for forms and command bars must be known before the first record is drawn. */
async function loadRecordPages() {
  const [pages, { registerSalesHub }] = await Promise.all([
    import("@/shell/RecordPage"),
    import("@/sales-hub/register"),
  ]);
  registerSalesHub();
  return pages;
}

const presetsFrom = (given: unknown): { presets?: Draft } =>
  typeof given === "object" && given !== null && !Array.isArray(given)
    ? { presets: given as Draft }
    : {};

const NO_PRESETS: Draft = {};

const create = createRoute({
  getParentRoute: () => workspace,
  path: "/t/$table/new",
  validateSearch: (search: Record<string, unknown>) => presetsFrom(search.presets),
  component: lazyRouteComponent(async () => {
    const { NewRecordPage } = await loadRecordPages();
    return {
      default: function New() {
        return (
          <NewRecordPage
            name={create.useParams().table}
            presets={create.useSearch().presets ?? NO_PRESETS}
          />
        );
      },
    };
  }),
});

const record = createRoute({
  getParentRoute: () => workspace,
  path: "/t/$table/$id",
  validateSearch: (search: Record<string, unknown>) =>
    typeof search.tab === "number" ? { tab: search.tab } : {},
  loader: ({ context, params }) => {
    void context.client.prefetchQuery(tableQuery(params.table));
  },
  component: lazyRouteComponent(async () => {
    const { RecordPage } = await loadRecordPages();
    return {
      default: function Record() {
        const { table, id } = record.useParams();
        const { tab } = record.useSearch() as { tab?: number };
        const navigate = record.useNavigate();
        return (
          <RecordPage
            name={table}
            id={id}
            tab={tab ?? 0}
            onTab={(next) => void navigate({ search: next ? { tab: next } : {}, replace: true })}
          />
        );
      },
    };
  }),
});

const channels = createRoute({
  getParentRoute: () => workspace,
  path: "/channels",
  component: lazyRouteComponent(() => import("@/sales-hub/channel/ChannelsPage"), "ChannelsPage"),
});

const channel = createRoute({
  getParentRoute: () => workspace,
  path: "/channel/$id",
  component: lazyRouteComponent(async () => {
    const { ChannelPage } = await import("@/sales-hub/channel/ChannelPage");
    return {
      default: function Channel() {
        const { id } = channel.useParams();
        return <ChannelPage key={id} id={id} />;
      },
    };
  }),
});

const orders = createRoute({
  getParentRoute: () => workspace,
  path: "/office/orders",
  component: lazyRouteComponent(() => import("@/back-office/OrdersPage"), "OrdersPage"),
});

const order = createRoute({
  getParentRoute: () => workspace,
  path: "/office/orders/$id",
  component: lazyRouteComponent(async () => {
    const { OrderPage } = await import("@/back-office/OrderPage");
    return {
      default: function Order() {
        return <OrderPage id={order.useParams().id} />;
      },
    };
  }),
});

const credit = createRoute({
  getParentRoute: () => workspace,
  path: "/office/credit",
  component: lazyRouteComponent(() => import("@/back-office/CreditPage"), "CreditPage"),
});

const bank = createRoute({
  getParentRoute: () => workspace,
  path: "/office/bank",
  component: lazyRouteComponent(() => import("@/back-office/BankPage"), "BankPage"),
});

const statement = createRoute({
  getParentRoute: () => workspace,
  path: "/office/bank/$id",
  component: lazyRouteComponent(async () => {
    const { StatementPage } = await import("@/back-office/StatementPage");
    return {
      default: function Statement() {
        return <StatementPage id={statement.useParams().id} />;
      },
    };
  }),
});

const maps = createRoute({
  getParentRoute: () => workspace,
  path: "/office/maps",
  component: lazyRouteComponent(() => import("@/back-office/MapsPage"), "MapsPage"),
});

const map = createRoute({
  getParentRoute: () => workspace,
  path: "/office/maps/$name",
  component: lazyRouteComponent(async () => {
    const { MapPage } = await import("@/back-office/MapsPage");
    return {
      default: function SyncMap() {
        return <MapPage name={map.useParams().name} />;
      },
    };
  }),
});

const outbox = createRoute({
  getParentRoute: () => workspace,
  path: "/office/outbox",
  component: lazyRouteComponent(() => import("@/back-office/OutboxPage"), "OutboxPage"),
});

/** Inside of the frame, so that a wrong address still shows the way on. */
const missing = createRoute({
  getParentRoute: () => workspace,
  path: "$",
  component: MissingPage,
});

const sales = [home, list, create, record, channels, channel];
const office = [orders, order, credit, bank, statement, maps, map, outbox];
const routes = root.addChildren([signIn, workspace.addChildren([...sales, ...office, missing])]);

export function createAppRouter(client: QueryClient) {
  onSignedOut(() => {
    const path = window.location.pathname.replace(APP_BASE, "");
    if (path.startsWith("/sign-in")) {
      return;
    }
    // Everything in memory belongs to a session that has ended.
    const to = encodeURIComponent(path + window.location.search);
    window.location.assign(hrefOf(`/sign-in?to=${to}`));
  });
  return createRouter({
    routeTree: routes,
    basepath: APP_BASE,
    context: { client },
    defaultPreload: "intent",
    defaultPendingMs: 300,
    defaultPendingComponent: Loading,
    defaultErrorComponent: ({ error, reset }) => <ErrorPage error={error} reset={reset} />,
    defaultNotFoundComponent: MissingPage,
    scrollRestoration: false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
