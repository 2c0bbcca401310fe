// The merchant's way to the server, and what is read from it.
import { QueryClient, useQuery } from '@tanstack/vue-query';
import { createSession, type Query, Refusal } from '../shared/server/session.ts';

export const { user, loginOver, get, send, getBytes, resume, login, logout } =
  createSession('mingdan.shop.signed-in');

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (times, error) => error instanceof Refusal && error.kind === 'away' && times < 2,
      staleTime: 10_000,
    },
  },
});

export const refresh = (): Promise<void> => queries.invalidateQueries();

export const useAnswer = <T>(path: string, query: Query = {}, isNeeded: () => boolean = () => true) =>
  useQuery({
    queryKey: [path, query] as const,
    queryFn: () => get<T>(path, query),
    enabled: isNeeded,
    refetchInterval: 60_000,
  });
