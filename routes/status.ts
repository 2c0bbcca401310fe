// Public: may this shop open, since when, why not. No login, no contacts, no internal reasons.
import { grounds } from '../models/adjustment.ts';
import { statuses } from '../models/merchant.ts';
import { successions } from '../models/words.ts';
import { visitResults } from '../models/visit.ts';
import { nextSteps, publicStatus, searchRegister, type PublicStatus } from '../server/domain/status.ts';
import { contentHash } from '../server/lib/canonical.ts';
import { defineRoute, Reply } from '../server/http/define-route.ts';
import { closed, Instant, nullable, oneOf, text, Type } from '../server/http/schema.ts';

const statusShape = closed({
  doorCode: Type.String(),
  name: Type.String(),
  category: Type.String(),
  subdistrict: closed({ code: Type.String(), name: Type.String() }),
  address: Type.String(),
  status: oneOf(statuses),
  onList: Type.Boolean(),
  mayOpen: Type.Boolean(),
  nextStep: oneOf(nextSteps),
  since: Instant,
  until: nullable(Instant),
  ground: oneOf(grounds),
  notice: nullable(Type.String()),
  /** Who follows it; `shop` is null where the public may not know that one, or not yet. */
  successor: nullable(
    closed({
      kind: oneOf(successions),
      shop: nullable(closed({ name: Type.String(), doorCode: Type.String(), page: Type.String() })),
    }),
  ),
  organ: Type.String(),
  lastVisit: nullable(closed({ at: Instant, result: oneOf(visitResults) })),
  page: Type.String(),
});
const severalShape = closed({ items: Type.Array(statusShape) });
const foundShape = closed({ ...severalShape.properties, nearly: Type.Boolean() });

const pageOf = ({ doorCode }: { doorCode: string }) => `/s/${doorCode}`;

function presentStatus(status: PublicStatus) {
  const {
    doorCode,
    name,
    category,
    subdistrict,
    subdistrictName,
    address,
    onList,
    mayOpen,
    nextStep,
    since,
    until,
    ground,
    notice,
    successor,
    organ,
    lastVisit,
  } = status;
  return {
    doorCode,
    name,
    category,
    subdistrict: { code: subdistrict, name: subdistrictName },
    address,
    status: status.status,
    onList,
    mayOpen,
    nextStep,
    since,
    until,
    ground,
    notice,
    successor: successor && {
      kind: successor.kind,
      shop: successor.shop && { ...successor.shop, page: pageOf(successor.shop) },
    },
    organ,
    lastVisit,
    page: pageOf(status),
  };
}

export const statusRoutes = [
  defineRoute({
    method: 'get',
    path: '/status',
    summary: 'Search the register by part of a name, pinyin, initials, code or street',
    permission: 'public',
    query: closed({ q: text(64, { minLength: 1 }) }),
    description:
      '`nearly`: nothing holds the query, these do but for one character that is wrong, missing or too many.',
    answers: { 200: foundShape },
    handle: async ({ query }) => {
      const { shops, nearly } = await searchRegister(query.q);
      return { items: shops.map(presentStatus), nearly };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/status/{code}',
    summary: 'Status by door code, credit code or register number',
    description: 'One shop answers its status; several shops of one credit code answer {items}.',
    permission: 'public',
    params: closed({ code: text(64, { minLength: 1 }) }),
    answers: { 200: Type.Union([statusShape, severalShape]) },
    problems: ['merchant-not-found', 'door-code-renewed'],
    handle: async ({ params }) => {
      const shops = (await publicStatus(params.code)).map(presentStatus);
      const body = shops.length === 1 ? shops[0] : { items: shops };
      return new Reply({ body, etag: contentHash(JSON.parse(JSON.stringify(body))).slice(0, 32) });
    },
  }),
];
