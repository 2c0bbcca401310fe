// What waits for this person, as figures beside the pages of the rail.
import type { AnswerOf } from '../shared/server/types.ts';
import { count } from './figures.ts';
import type { PageName } from './pages.ts';
import { useAnswer } from './queries.ts';
import { user } from './server.ts';

type Kind = AnswerOf<'getToday'>['items'][number]['kind'];

const kindsOf: Partial<Record<PageName, Kind[]>> = {
  adjustments: ['approvals', 'emergencies', 'proposals'],
  objections: ['objections'],
  orders: ['overdue-orders', 'submitted-orders'],
  visits: ['flagged-visits', 'unmatched-visits', 'visits-without-photos'],
};
const decides = () => ['staff', 'approver'].includes(user.value?.role ?? '');

export function useToday() {
  return useAnswer<AnswerOf<'getToday'>>('/today', {}, { enabled: decides, everySeconds: 60 });
}

export function useWaiting() {
  const today = useToday();
  return (page: PageName): string => {
    const kinds = kindsOf[page];
    if (!kinds) return '';
    const sum = (today.data.value?.items ?? [])
      .filter(({ kind }) => kinds.includes(kind))
      .reduce((total, one) => total + one.count, 0);
    return sum === 0 ? '' : count(sum);
  };
}
