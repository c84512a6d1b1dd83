// The one place that talks to the Web API. Everything goes through the public client library, so
// our own pages can do nothing that another client could not do.
import { DynamicsWebApi } from "dynamics-web-api";
import { toApiError } from "./error";
import { plain, type RawRow, type Row, toRow } from "./rows";

const webApi = new DynamicsWebApi({
  serverUrl: globalThis.location?.origin ?? "http://localhost",
  dataApi: { version: "9.2" },
  includeAnnotations: "*",
  // Without this the library answers `false` for a stale ETag instead of saying what was wrong.
  propagateErrors: true,
});

const signedOutListeners = new Set<() => void>();

/** Called when any request finds that the session has ended. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

export function setCsrfToken(token: string | null): void {
  webApi.setConfig({ headers: token ? { "X-CSRF-Token": token } : {} });
}

async function guarded<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (thrown) {
    const error = toApiError(thrown);
    if (error.isSignedOut) {
      for (const listener of signedOutListeners) {
        listener();
      }
    }
    throw error;
  }
}

export interface TableKeys {
  entitySetName: string;
  primaryId: string;
}

export interface ListRequest {
  select?: string[];
  filter?: string;
  orderBy?: string[];
  count?: boolean;
  top?: number;
  pageSize?: number;
  expand?: { property: string; select?: string[] }[];
}

export interface Page {
  rows: Row[];
  /** Up to 5,000; null when it was not asked for. */
  count: number | null;
  nextLink: string | null;
}

interface RawPage {
  value: RawRow[];
  "@odata.count"?: number;
  "@odata.nextLink"?: string;
}

export function retrievePage(
  table: TableKeys,
  request: ListRequest,
  nextLink?: string | null,
  signal?: AbortSignal,
): Promise<Page> {
  return guarded(async () => {
    const { pageSize, ...rest } = request;
    const answer = (await webApi.retrieveMultiple(
      {
        collection: table.entitySetName,
        ...(nextLink ? {} : rest),
        ...(pageSize ? { maxPageSize: pageSize } : {}),
        ...(signal ? { signal } : {}),
      },
      nextLink ?? undefined,
    )) as unknown as RawPage;
    return {
      rows: answer.value.map((raw) => toRow(raw, table.primaryId)),
      count: answer["@odata.count"] ?? null,
      nextLink: answer["@odata.nextLink"] ?? null,
    };
  });
}

export async function retrieveRows(table: TableKeys, request: ListRequest): Promise<Row[]> {
  return (await retrievePage(table, request)).rows;
}

export interface RecordRequest {
  select?: string[];
  expand?: { property: string; select?: string[]; top?: number }[];
}

export function retrieveRow(
  table: TableKeys,
  id: string,
  request: RecordRequest = {},
): Promise<Row> {
  return guarded(async () =>
    toRow(
      (await webApi.retrieve({ collection: table.entitySetName, key: id, ...request })) as RawRow,
      table.primaryId,
    ),
  );
}

export type Payload = Record<string, unknown>;

export function createRow(table: TableKeys, data: Payload, checkDuplicates = false): Promise<Row> {
  return guarded(async () =>
    toRow(
      (await webApi.create({
        collection: table.entitySetName,
        data,
        returnRepresentation: true,
        ...(checkDuplicates ? { duplicateDetection: true } : {}),
      })) as RawRow,
      table.primaryId,
    ),
  );
}

/** Updates a row. An etag makes the server refuse the write when somebody else was faster. */
export function updateRow(
  table: TableKeys,
  id: string,
  data: Payload,
  etag: string | null,
): Promise<Row> {
  return guarded(async () =>
    toRow(
      (await webApi.update({
        collection: table.entitySetName,
        key: id,
        data,
        returnRepresentation: true,
        ...(etag ? { ifmatch: etag } : {}),
      })) as RawRow,
      table.primaryId,
    ),
  );
}

export function deleteRow(table: TableKeys, id: string, etag: string | null): Promise<void> {
  return guarded(async () => {
    await webApi.deleteRecord({
      collection: table.entitySetName,
      key: id,
      ...(etag ? { ifmatch: etag } : {}),
    });
  });
}

/** Replaces a whole collection that is part of the row, such as the participants of an activity. */
export function replaceCollection(
  table: TableKeys,
  id: string,
  navigation: string,
  items: Payload[],
): Promise<void> {
  return guarded(async () => {
    await webApi.updateSingleProperty({
      collection: table.entitySetName,
      key: id,
      fieldValuePair: { [navigation]: items },
    });
  });
}

export interface LinkRequest {
  id: string;
  navigation: string;
  relatedSet: string;
  relatedId: string;
}

export function associate(table: TableKeys, link: LinkRequest): Promise<void> {
  return guarded(() =>
    webApi.associate({
      collection: table.entitySetName,
      primaryKey: link.id,
      relationshipName: link.navigation,
      relatedCollection: link.relatedSet,
      relatedKey: link.relatedId,
    }),
  );
}

export function disassociate(table: TableKeys, link: LinkRequest): Promise<void> {
  return guarded(() =>
    webApi.disassociate({
      collection: table.entitySetName,
      primaryKey: link.id,
      relationshipName: link.navigation,
      relatedKey: link.relatedId,
    }),
  );
}

export interface Binding {
  entitySetName: string;
  id: string;
}

export function callFunction<T>(
  name: string,
  parameters: Record<string, unknown> = {},
  bound?: Binding,
): Promise<T> {
  return guarded(async () =>
    plain<T>(
      await webApi.callFunction({
        name: bound ? `Microsoft.Dynamics.CRM.${name}` : name,
        parameters,
        ...(bound ? { collection: bound.entitySetName, key: bound.id } : {}),
      }),
    ),
  );
}

export function callAction<T = void>(name: string, action?: Payload, bound?: Binding): Promise<T> {
  return guarded(async () =>
    plain<T>(
      await webApi.callAction({
        actionName: bound ? `Microsoft.Dynamics.CRM.${name}` : name,
        ...(action ? { action } : {}),
        ...(bound ? { collection: bound.entitySetName, key: bound.id } : {}),
      }),
    ),
  );
}
