// The merchant's side of a signed link: one order, one answer with photos, no account.
import {
  answerLinkedOrder,
  type LinkedOrder,
  openLinkedOrder,
  openOrderToAnswer,
} from '../server/domain/linked-orders.ts';
import { orderLevels, orderStates, severities } from '../models/order.ts';
import { defineRoute } from '../server/http/define-route.ts';
import { closed, Instant, nullable, oneOf, text, Type, WordsShape } from '../server/http/schema.ts';

const byToken = closed({ token: text(128, { minLength: 1 }) });
const fixShape = closed({
  order: Type.String(),
  merchant: closed({ name: Type.String(), address: Type.String() }),
  item: Type.String(),
  itemText: WordsShape,
  severity: oneOf(severities),
  state: oneOf(orderStates),
  level: oneOf(orderLevels),
  due: nullable(Instant),
  note: nullable(Type.String()),
  returnNote: nullable(Type.String()),
  can: closed({ submit: Type.Boolean() }),
});

function presentFix({ order, merchant }: LinkedOrder) {
  const { _id, item, itemText, severity, state, level, due, note, history } = order;
  return {
    order: _id,
    merchant,
    item,
    itemText: { zh: itemText.zh, en: itemText.en },
    severity,
    state,
    level,
    due,
    note,
    returnNote: history.findLast(({ act }) => act === 'return')?.note ?? null,
    can: { submit: state === 'open' },
  };
}

export const fixRoutes = [
  defineRoute({
    method: 'get',
    path: '/fix/{token}',
    summary: 'The order behind a signed link; opening it changes nothing',
    permission: 'public',
    params: byToken,
    answers: { 200: fixShape },
    problems: ['link-ended'],
    handle: async ({ params }) => presentFix(await openLinkedOrder(params.token)),
  }),
  defineRoute({
    method: 'post',
    path: '/fix/{token}',
    summary: 'Answer it: part `answer` holds {note}, parts `photo` the pictures',
    permission: 'public',
    params: byToken,
    body: closed({ note: Type.Optional(nullable(text(2_000))) }),
    upload: { field: 'photo', maxFiles: 10, part: 'answer' },
    precheck: ({ token }) => openOrderToAnswer(token),
    answers: { 200: fixShape },
    problems: ['link-ended', 'order-state'],
    handle: async ({ params, body, photos }) =>
      presentFix(await answerLinkedOrder(params.token, body.note ?? null, photos)),
  }),
];
