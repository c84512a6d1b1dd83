import { useQuery } from "@tanstack/react-query";
import { retrieveRows } from "@/api/client";
import { isLookupValue } from "@/ui/fields/values";
import { useSession } from "@/ui/session";
import type { RecordSession } from "./useRecordSession";

const CURRENCIES = { entitySetName: "transactioncurrencies", primaryId: "transactioncurrencyid" };

/** The sign of the record's own currency, which need not be the organisation's. */
export function useCurrencySymbol(session: RecordSession): string {
  const { currency } = useSession();
  const column = session.table.column.get("transactioncurrencyid");
  const chosen = column ? session.value(column) : null;
  const id = isLookupValue(chosen) ? chosen.id : null;
  const currencies = useQuery({
    queryKey: ["currencies"],
    enabled: id !== null && id !== currency.id,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => retrieveRows(CURRENCIES, { select: ["currencysymbol", "isocurrencycode"] }),
  });
  const other = currencies.data?.find((row) => row.id === id);
  return other?.cells.currencysymbol?.text || currency.symbol;
}
