import { QueryClient } from "@tanstack/react-query";
import { toApiError } from "@/api/error";

/** Only a lost connection or a tired server is worth another try; a refusal stays a refusal. */
function isWorthRetry(failures: number, thrown: unknown): boolean {
  const { status } = toApiError(thrown);
  return failures < 2 && (status === 0 || status === 429 || status >= 502);
}

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: isWorthRetry, staleTime: 15_000, refetchOnWindowFocus: true },
    },
  });
