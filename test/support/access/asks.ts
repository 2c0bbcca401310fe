// For every route a real request at one of the places, made so that it succeeds for somebody who may.
import { MerchantModel } from '../../../models/merchant.ts';
import { WebhookModel } from '../../../models/webhook.ts';
import { sequenceChanges } from '../../../server/domain/feed-sequencer.ts';
import { submitVisit } from '../../../server/domain/visits.ts';
import { addWebhook, pingWebhook } from '../../../server/domain/webhooks.ts';
import { ids } from '../../../server/lib/ids.ts';
import { aPerson, testPassword } from '../world.ts';
import { aPhoto, aVisit } from '../visits.ts';
import { aZone, zoneBody } from '../zones.ts';
import { cookieIn, tryLogin } from '../accounts.ts';
import { caller as apiOf } from '../app.ts';
import type { Caller } from './callers.ts';
import {
  decisionAgainst,
  draftedAdjustment,
  enactedAdjustment,
  flaggedVisit,
  importOf,
  linkTo,
  neverSent,
  openObjection,
  openOrder,
  outgrownRule,
  type Place,
  submittedAdjustment,
  submittedOrder,
  unmatchedVisit,
  upheldInVain,
  visitWithoutPhoto,
} from './places.ts';

const zoneOf = async ({ subdistrict }: Place) => (await aZone({ area: subdistrict }))._id;

export type Ask = {
  path: string;
  body?: object;
  headers?: Record<string, string>;
  photo?: Buffer;
  file?: Buffer;
};
type Make = (place: Place, caller: Caller) => Ask | Promise<Ask>;

/** `list` names the records in an answer: what is out of reach must be missing. `denial` answers a record out of reach, 404 by default. */
export type Trial = { ask: Make; list?: (body: unknown) => string[]; denial?: 403; byAreasOnly?: true };

type Items = { items: Record<string, string>[] };
const named = (field: string) => (body: unknown) => (body as Items).items.map((item) => item[field] ?? '');
const at = (path: string): Trial => ({ ask: () => ({ path }) });
const one = (ask: Make): Trial => ({ ask });
const list = (field: string, path: (place: Place) => string): Trial => ({
  ask: (place) => ({ path: path(place) }),
  list: named(field),
});

const act = (path: string, record: (place: Place) => Promise<string>, body: object = {}): Trial =>
  one(async (place) => ({ path: path.replace('{id}', await record(place)), body }));
const decision = (name: string, kind: 'list' | 'emergency', bodyOf: (setHash: string) => object): Trial =>
  one(async (place) => {
    const { id, setHash } = await submittedAdjustment(place, kind);
    return { path: `/adjustments/${id}/${name}`, body: bodyOf(setHash) };
  });
const drafted = async (place: Place) => (await draftedAdjustment(place)).id;

let serial = 0;
const unused = () => `n${process.pid.toString(36)}-${(serial += 1)}`;
const bilingual = { zh: '示例', en: 'Example' };
const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();
const smallPhoto = async () => (await aPhoto({ width: 64, height: 48 })).bytes;
const linkPath = (prefix: string) => async (place: Place) =>
  `${prefix}/${await linkTo(place, await openOrder(place))}`;
const [pagePath, fixPath] = [linkPath('/f'), linkPath('/fix')];
const self = ({ person }: Caller) => person?.user._id ?? '01930f2e-0000-7000-8000-000000000000';

async function presentVersion(merchant: Place['merchant']): Promise<Record<string, string>> {
  const { rev } = (await MerchantModel.findById(merchant._id, { rev: 1 }).lean()) ?? merchant;
  return { 'If-Match': `"${rev}"` };
}

/** By the door code that it has now: another trial may have renewed it. */
const atDoor = (prefix: string): Trial =>
  one(async ({ merchant }) => {
    const { doorCode } = (await MerchantModel.findById(merchant._id, { doorCode: 1 }).lean()) ?? merchant;
    return { path: `${prefix}${doorCode}` };
  });

/** At a name that is nowhere (RFC 6761): nothing is ever sent. */
const deadWebhook = {
  name: '示例',
  url: 'https://receiver.invalid/hook',
  selector: { where: { status: 'listed' as const } },
};

/** With a delivery of its own. */
const aboutWebhook = (ask: (id: string, delivery: string) => Ask): Trial =>
  one(async () => {
    const { actor } = await aPerson('admin');
    await WebhookModel.deleteMany({});
    const { webhook } = await addWebhook(actor, deadWebhook);
    const { _id } = await pingWebhook(actor, webhook._id);
    return ask(webhook._id, _id);
  });

export const trials: Record<string, Trial> = {
  'GET /status': at('/status?q=示例'),
  'GET /status/{code}': atDoor('/status/'),
  'GET /ledger/blocks': one(({ district }) => ({ path: `/ledger/blocks?district=${district}` })),
  'GET /ledger/heads': at('/ledger/heads'),
  'GET /ledger/proof/{code}': atDoor('/ledger/proof/'),
  'GET /.well-known/jwks.json': at('/.well-known/jwks.json'),
  'GET /': at('/'),
  'GET /s/{code}': atDoor('/s/'),
  'GET /f/{token}': one(async (place) => ({ path: await pagePath(place) })),
  'POST /f/{token}': one(async (place) => ({ path: await pagePath(place), photo: await smallPhoto() })),
  'GET /fix/{token}': one(async (place) => ({ path: await fixPath(place) })),
  'POST /fix/{token}': one(async (place) => ({ path: await fixPath(place), body: {} })),
  'GET /healthz': at('/healthz'),
  'GET /readyz': at('/readyz'),
  'GET /metrics': at('/metrics'),
  'POST /auth/login': one(async () => ({
    path: '/auth/login',
    body: { username: (await aPerson('staff')).user.username, password: testPassword },
  })),
  'POST /auth/refresh': one(async () => {
    const response = await tryLogin((await aPerson('staff')).user.username);
    return { path: '/auth/refresh', headers: { Cookie: cookieIn(response) } };
  }),
  'POST /auth/logout': at('/auth/logout'),

  'GET /auth/me': at('/auth/me'),
  'GET /auth/sessions': at('/auth/sessions'),
  'DELETE /auth/sessions/{id}': one((_place, { person }) => ({
    path: `/auth/sessions/${person?.actor.session ?? self({ person } as Caller)}`,
  })),
  'POST /auth/password': {
    ask: () => ({
      path: '/auth/password',
      body: { current: testPassword, next: 'another phrase that fits no list' },
    }),
  },

  'GET /merchants': list(
    'id',
    ({ subdistrict, category }) => `/merchants?limit=200&area=${subdistrict}&category=${category}`,
  ),
  'GET /merchants/changes': {
    ask: async () => {
      await sequenceChanges();
      return { path: '/merchants/changes?limit=500' };
    },
    list: named('id'),
  },
  'GET /merchants/notices': one(({ merchant }) => ({ path: `/merchants/notices?id=${merchant._id}` })),
  'GET /merchants/{id}/notice': one(({ merchant }) => ({ path: `/merchants/${merchant._id}/notice` })),
  'GET /merchants/{id}/qr': one(({ merchant }) => ({ path: `/merchants/${merchant._id}/qr` })),
  'POST /merchants/{id}/door-code': one(async ({ merchant }) => ({
    path: `/merchants/${merchant._id}/door-code`,
    body: { reason: '门牌丢失' },
    headers: await presentVersion(merchant),
  })),
  'GET /merchants/{id}': one(({ merchant }) => ({ path: `/merchants/${merchant._id}` })),
  'GET /merchants/{id}/timeline': one(({ merchant }) => ({ path: `/merchants/${merchant._id}/timeline` })),
  'POST /merchants': {
    ask: ({ subdistrict, category }) => ({
      path: '/merchants',
      body: { name: unused(), address: '靖宇街9号', subdistrict, category },
    }),
    denial: 403,
  },
  'PATCH /merchants/{id}': one(async ({ merchant }) => ({
    path: `/merchants/${merchant._id}`,
    body: { capacity: (serial += 1) },
    headers: await presentVersion(merchant),
  })),

  'POST /imports': one(() => ({ path: '/imports', file: Buffer.from('商户名称,地址\n新店,靖宇街9号\n') })),
  'GET /imports': {
    ask: async (place) => {
      await importOf(place);
      return { path: '/imports?limit=200' };
    },
    list: named('id'),
  },
  'GET /imports/{id}': one(async (place) => ({ path: `/imports/${await importOf(place)}` })),
  'GET /imports/{id}/rows': one(async (place) => ({ path: `/imports/${await importOf(place)}/rows` })),
  'POST /imports/{id}/submit': act('/imports/{id}/submit', importOf),
  'GET /merchants/export': {
    ask: () => ({ path: '/merchants/export?format=csv' }),
    list: (body) => [...String(body).matchAll(/^[0-9a-f-]{36}(?=,)/gm)].map(([id]) => id),
  },

  'POST /adjustments': one(({ merchant }) => ({
    path: '/adjustments',
    body: { to: 'suspended', ground: 'notice', reason: '测试', merchants: [merchant._id] },
  })),
  'POST /adjustments/dry-run': one(({ merchant }) => ({
    path: '/adjustments/dry-run',
    body: { to: 'suspended', merchants: [merchant._id] },
  })),
  'GET /adjustments': list('id', ({ subdistrict }) => `/adjustments?limit=200&area=${subdistrict}`),
  'GET /adjustments/{id}': one(({ adjustment }) => ({ path: `/adjustments/${adjustment}` })),
  'GET /adjustments/{id}/lines': one(({ adjustment }) => ({ path: `/adjustments/${adjustment}/lines` })),
  'POST /adjustments/{id}/submit': act('/adjustments/{id}/submit', drafted),
  'POST /adjustments/{id}/withdraw': act('/adjustments/{id}/withdraw', drafted),
  'POST /adjustments/{id}/undo': act('/adjustments/{id}/undo', enactedAdjustment, { reason: '办理有误' }),
  'GET /adjustments/{id}/matches': act('/adjustments/{id}/matches', enactedAdjustment),
  'POST /adjustments/{id}/matches': one(async (place) => ({
    path: `/adjustments/${await outgrownRule(place)}/matches`,
    body: {},
  })),
  'POST /adjustments/{id}/approve': decision('approve', 'list', (setHash) => ({ setHash })),
  'POST /adjustments/{id}/reject': decision('reject', 'list', () => ({ note: '理由不足' })),
  'POST /adjustments/{id}/confirm': decision('confirm', 'emergency', (setHash) => ({ setHash })),

  'POST /objections': one(async (place) => ({
    path: '/objections',
    body: { ...(await decisionAgainst(place)), text: '检查时店里没有开门' },
  })),
  'GET /objections': {
    ask: async (place) => {
      await openObjection(place);
      return { path: `/objections?limit=200&area=${place.subdistrict}` };
    },
    list: named('merchant'),
  },
  'GET /objections/{id}': one(async (place) => ({ path: `/objections/${await openObjection(place)}` })),
  'POST /objections/{id}/withdraw': act('/objections/{id}/withdraw', openObjection),
  'POST /objections/{id}/decide': act('/objections/{id}/decide', openObjection, {
    uphold: false,
    reason: '照片不能说明已改好',
  }),

  'POST /objections/{id}/redraft': act('/objections/{id}/redraft', upheldInVain),

  'GET /ledger': list('merchant', ({ merchant }) => `/ledger?merchant=${merchant._id}`),
  'GET /ledger/diff': list(
    'merchant',
    () => `/ledger/diff?from=2022-01-01T00:00:00Z&to=${tomorrow()}&limit=5000`,
  ),

  'POST /visits': one(({ merchant }, { role }) => ({
    path: '/visits',
    body: aVisit(merchant._id, { kind: role === 'merchant' ? 'self' : 'routine' }),
  })),
  'GET /visits': list('merchant', ({ merchant }) => `/visits?limit=200&merchant=${merchant._id}`),
  'GET /visits/{id}': one(({ visit }) => ({ path: `/visits/${visit}` })),

  'POST /visits/{id}/amendments': one(async (place, { person, role }) => {
    const visit = aVisit(place.merchant._id, { kind: role === 'merchant' ? 'self' : 'routine' });
    const own = person && (await submitVisit(person.actor, visit).catch(() => null));
    return {
      path: `/visits/${own ? visit.id : place.visit}/amendments`,
      body: { id: ids.uuid(), version: 1, reason: '填错了', sealedAt: visit.sealedAt, visit },
    };
  }),
  'POST /visits/{id}/review': act('/visits/{id}/review', flaggedVisit, {
    flags: ['far-from-merchant'],
    outcome: 'explained',
    note: '市场另一入口',
  }),
  'POST /visits/{id}/photos-lost': act('/visits/{id}/photos-lost', visitWithoutPhoto, {
    photos: [neverSent],
    reason: '手机损坏',
  }),
  'POST /visits/{id}/match': one(async (place) => ({
    path: `/visits/${await unmatchedVisit(place)}/match`,
    body: { merchant: place.merchant._id },
  })),

  'POST /photos': one(async () => ({ path: '/photos', photo: await smallPhoto() })),
  'HEAD /photos/{sha256}': one(async (_place, { token }) => {
    const photo = await aPhoto({ width: 64, height: 48 });
    await apiOf(token).post('/photos').attach('photo', photo.bytes, 'a.jpg');
    return { path: `/photos/${photo.sha256}` };
  }),
  'GET /photos/{sha256}': one(({ photo }) => ({ path: `/photos/${photo}?size=320` })),

  'GET /visits/{id}/package': one(({ visit }) => ({ path: `/visits/${visit}/package` })),
  'GET /photos/{sha256}/custody': one(({ photo }) => ({ path: `/photos/${photo}/custody` })),
  'POST /photos/{sha256}/redactions': one(({ photo }) => ({
    path: `/photos/${photo}/redactions`,
    body: { rectangles: [{ x: 0, y: 0, width: 0.5, height: 0.5 }], reason: '遮盖人脸' },
  })),

  'GET /orders': list('merchant', ({ merchant }) => `/orders?limit=200&merchant=${merchant._id}`),
  'GET /orders/{id}': one(({ order }) => ({ path: `/orders/${order}` })),
  'POST /orders/{id}/submit': one(async (place, { order }) => {
    const own = place.name === 'home' ? order : null;
    return { path: `/orders/${own ?? (await openOrder(place))}/submit`, body: {} };
  }),
  'POST /orders/{id}/verify': act('/orders/{id}/verify', submittedOrder),
  'POST /orders/{id}/return': act('/orders/{id}/return', submittedOrder, { note: '未整改到位' }),
  'POST /orders/{id}/extend': one(async (place) => ({
    path: `/orders/${await openOrder(place)}/extend`,
    body: { note: '等待配件', due: tomorrow() },
  })),
  'POST /orders/{id}/cancel': act('/orders/{id}/cancel', openOrder, { note: '误开' }),
  'POST /orders/{id}/slip': act('/orders/{id}/slip', openOrder),
  'POST /orders/{id}/link': act('/orders/{id}/link', openOrder),
  'DELETE /orders/{id}/link': one(async (place) => ({ path: `/orders/${await openOrder(place)}/link` })),

  'GET /today': at('/today'),
  'GET /events': at('/events'),
  'GET /pack': {
    ask: () => ({ path: '/pack' }),
    list: (body) => (body as { merchants: { id: string }[] }).merchants.map(({ id }) => id),
  },
  'GET /merchants/facets': at('/merchants/facets'),
  'GET /stats/overview': at('/stats/overview'),
  'GET /stats/coverage/map': at('/stats/coverage/map'),
  'GET /stats/coverage': at('/stats/coverage?by=subdistrict'),
  'GET /stats/orders': at('/stats/orders'),
  'GET /ledger/days': at('/ledger/days?from=2022-11-01T00:00:00Z&to=2022-12-01T00:00:00Z'),
  'GET /settings/{area}': one(({ subdistrict }) => ({ path: `/settings/${subdistrict}` })),
  'PUT /settings/{area}': one(({ subdistrict }) => ({
    path: `/settings/${subdistrict}`,
    body: { farMeters: 600 },
  })),
  'GET /calendar/{year}': at('/calendar/2027'),
  'PUT /calendar/{year}': one(() => ({
    path: '/calendar/2099',
    body: { title: '示例', holidays: ['2099-01-01'], makeUpDays: [] },
  })),
  'GET /zones': at('/zones'),
  'GET /zones/{id}': one(async (place) => ({ path: `/zones/${await zoneOf(place)}` })),
  'PUT /zones/{id}': {
    ask: ({ name, subdistrict }) => ({
      path: `/zones/${name.toLowerCase()}-${ids.uuid()}`,
      body: zoneBody(subdistrict),
    }),
    denial: 403,
    byAreasOnly: true,
  },
  'GET /webhooks': at('/webhooks'),
  'GET /webhooks/{id}': aboutWebhook((id) => ({ path: `/webhooks/${id}` })),
  'POST /webhooks': one(() => ({ path: '/webhooks', body: deadWebhook })),
  'PATCH /webhooks/{id}': aboutWebhook((id) => ({
    path: `/webhooks/${id}`,
    body: { name: '改名' },
    headers: { 'If-Match': '"1"' },
  })),
  'DELETE /webhooks/{id}': aboutWebhook((id) => ({ path: `/webhooks/${id}` })),
  'POST /webhooks/{id}/secret': aboutWebhook((id) => ({ path: `/webhooks/${id}/secret` })),
  'POST /webhooks/{id}/ping': aboutWebhook((id) => ({ path: `/webhooks/${id}/ping` })),
  'GET /webhooks/{id}/deliveries': aboutWebhook((id) => ({ path: `/webhooks/${id}/deliveries` })),
  'POST /webhooks/{id}/deliveries/{delivery}/redeliver': aboutWebhook((id, delivery) => ({
    path: `/webhooks/${id}/deliveries/${delivery}/redeliver`,
  })),
  'GET /areas': at('/areas'),
  'GET /categories': at('/categories'),
  'GET /taskforces': at('/taskforces'),
  'GET /sites': at('/sites'),
  'GET /checklists': at('/checklists'),
  'GET /checklists/{key}/{version}': at('/checklists/essential/1'),
  'PUT /areas/{code}': one(() => ({
    path: `/areas/230104${500 + (serial += 1)}`,
    body: { name: '新街道', level: 'subdistrict', parent: '230104' },
  })),
  'PUT /categories/{key}': one(() => ({
    path: `/categories/${unused()}`,
    body: { name: bilingual, gbt4754: ['5212'], leadDepartment: '商务局', taskForce: 'market' },
  })),
  'PUT /taskforces/{key}': one(() => ({ path: `/taskforces/${unused()}`, body: { name: bilingual } })),
  'PUT /sites/{id}': one(({ subdistrict }) => ({
    path: `/sites/${unused()}`,
    body: {
      kind: 'mall',
      name: '商场',
      subdistrict,
      address: '靖宇街2号',
      point: { type: 'Point', coordinates: [126.64, 45.78] },
    },
  })),
  'POST /checklists': one(() => ({
    path: '/checklists',
    body: {
      key: unused(),
      title: bilingual,
      items: [{ key: 'one', text: bilingual, kind: 'outcome', severity: 'minor', photo: 'never' }],
    },
  })),
  'POST /checklists/preview': one(() => ({
    path: '/checklists/preview',
    body: {
      key: unused(),
      title: bilingual,
      items: [{ key: 'one', text: bilingual, kind: 'outcome', severity: 'minor', photo: 'never' }],
    },
  })),

  'GET /users': at('/users'),
  'GET /users/shops': at('/users/shops?q=康宁'),
  'GET /users/{id}': one((_place, caller) => ({ path: `/users/${self(caller)}` })),
  'POST /users': one(() => ({
    path: '/users',
    body: { username: unused(), name: '新人', role: 'staff', password: testPassword },
  })),
  'PATCH /users/{id}': one(async () => ({
    path: `/users/${(await aPerson('inspector')).user._id}`,
    body: { name: '新名' },
    headers: { 'If-Match': '"1"' },
  })),

  'GET /audit': { ...list('record', ({ order }) => `/audit?limit=200&record=${order}`), byAreasOnly: true },
};
