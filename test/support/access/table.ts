// Who may do what, as the contract says it: written by hand, route by route, so that the code can be held against it.
import type { Role } from '../../../models/user.ts';

export type RoleName = Role | 'link' | 'nobody';
export const roleNames: RoleName[] = [
  'nobody',
  'merchant',
  'link',
  'inspector',
  'staff',
  'approver',
  'auditor',
  'admin',
];

/** any: whatever the record · scope: within areas and task force · own: the merchant's · order: the one of the link. */
export type Extent = 'any' | 'scope' | 'own' | 'order';
export type Expected = 'public' | Partial<Record<RoleName, Extent>>;

const scope = 'scope';
const S = { staff: scope } as const;
const A = { approver: scope } as const;
const SAU = { ...S, ...A, auditor: scope } as const;
const MISAU = { merchant: 'own', inspector: scope, ...SAU } as const;
const IS = { inspector: scope, ...S } as const;
const admin = { admin: 'any' } as const;
const signedIn = {
  merchant: 'any',
  inspector: 'any',
  staff: 'any',
  approver: 'any',
  auditor: 'any',
  ...admin,
} as const;
const sender = { merchant: 'any', link: 'any', inspector: 'any', staff: 'any' } as const;

export const expectedAccess: Record<string, Expected> = {
  'GET /status': 'public',
  'GET /status/{code}': 'public',
  'GET /ledger/blocks': 'public',
  'GET /ledger/heads': 'public',
  'GET /ledger/proof/{code}': 'public',
  'GET /.well-known/jwks.json': 'public',
  'GET /': 'public',
  'GET /s/{code}': 'public',
  'GET /f/{token}': 'public',
  'POST /f/{token}': 'public',
  'GET /fix/{token}': 'public',
  'POST /fix/{token}': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
  'POST /auth/login': 'public',
  'POST /auth/refresh': 'public',
  'POST /auth/logout': 'public',

  'GET /pack': { inspector: scope },
  // Counts of what is one's own to decide: always answered, and held against the lists by a test of its own.
  'GET /today': { staff: 'any', approver: 'any' },

  // Holds no record: that it tells of one's own alone is held by a test of its own.
  'GET /events': { inspector: 'any', staff: 'any', approver: 'any', auditor: 'any' },

  // Sums over what one's lists hold: always answered, and held against those lists by tests of their own.
  'GET /merchants/facets': {
    merchant: 'any',
    inspector: 'any',
    staff: 'any',
    approver: 'any',
    auditor: 'any',
  },
  'GET /stats/overview': { staff: 'any', approver: 'any', auditor: 'any' },
  'GET /stats/coverage/map': { staff: 'any', approver: 'any', auditor: 'any' },
  'GET /stats/coverage': { staff: 'any', approver: 'any', auditor: 'any' },
  'GET /stats/orders': { staff: 'any', approver: 'any', auditor: 'any' },
  'GET /ledger/days': { staff: 'any', approver: 'any', auditor: 'any' },

  'GET /settings/{area}': signedIn,
  'PUT /settings/{area}': admin,
  'GET /calendar/{year}': signedIn,
  'PUT /calendar/{year}': admin,

  'GET /zones': signedIn,
  'GET /zones/{id}': signedIn,
  'PUT /zones/{id}': { ...S, ...admin },

  'GET /webhooks': signedIn,
  'GET /webhooks/{id}': signedIn,
  'POST /webhooks': admin,
  'PATCH /webhooks/{id}': admin,
  'DELETE /webhooks/{id}': admin,
  'POST /webhooks/{id}/secret': admin,
  'POST /webhooks/{id}/ping': admin,
  'GET /webhooks/{id}/deliveries': admin,
  'POST /webhooks/{id}/deliveries/{delivery}/redeliver': admin,

  'GET /auth/me': signedIn,
  'GET /auth/sessions': signedIn,
  'DELETE /auth/sessions/{id}': signedIn,
  'POST /auth/password': signedIn,

  'GET /merchants': MISAU,
  'GET /merchants/changes': { inspector: scope, ...SAU },
  'GET /merchants/notices': MISAU,
  'GET /merchants/{id}': MISAU,
  'GET /merchants/{id}/notice': MISAU,
  'GET /merchants/{id}/qr': MISAU,
  'POST /merchants/{id}/door-code': S,
  'GET /merchants/{id}/timeline': MISAU,
  // A merchant's application is its own from the start: what it may not do is apply inside a market it does not operate.
  'POST /merchants': { ...S, merchant: 'any' },
  'PATCH /merchants/{id}': S,

  // A file within one's scope or beyond it is taken in alike: what lies beyond is refused row by row.
  'POST /imports': { staff: 'any' },
  'GET /imports': S,
  'GET /imports/{id}': S,
  'GET /imports/{id}/rows': S,
  'POST /imports/{id}/submit': S,
  'GET /merchants/export': SAU,

  'POST /adjustments': S,
  'POST /adjustments/dry-run': S,
  'GET /adjustments': SAU,
  'GET /adjustments/{id}': SAU,
  'GET /adjustments/{id}/lines': SAU,
  'POST /adjustments/{id}/submit': S,
  'POST /adjustments/{id}/withdraw': S,
  'POST /adjustments/{id}/undo': S,
  'GET /adjustments/{id}/matches': S,
  'POST /adjustments/{id}/matches': S,
  'POST /adjustments/{id}/approve': A,
  'POST /adjustments/{id}/reject': A,
  'POST /adjustments/{id}/confirm': A,

  'POST /objections': { merchant: 'own' },
  'GET /objections': { merchant: 'own', ...SAU },
  'GET /objections/{id}': { merchant: 'own', ...SAU },
  'POST /objections/{id}/withdraw': { merchant: 'own' },
  'POST /objections/{id}/decide': { ...S, ...A },
  'POST /objections/{id}/redraft': { ...S, ...A },

  'GET /ledger': SAU,
  'GET /ledger/diff': SAU,

  'POST /visits': { inspector: scope, merchant: 'own' },
  'GET /visits': MISAU,
  'GET /visits/{id}': MISAU,
  // Only one's own: of a visit by somebody else it is refused, so the asks make one of the caller's.
  'POST /visits/{id}/amendments': { inspector: scope, merchant: 'own' },
  'POST /visits/{id}/review': S,
  'POST /visits/{id}/photos-lost': S,
  'POST /visits/{id}/match': S,

  'GET /visits/{id}/package': SAU,

  'POST /photos': sender,
  'HEAD /photos/{sha256}': sender,
  'GET /photos/{sha256}': MISAU,
  'GET /photos/{sha256}/custody': SAU,
  'POST /photos/{sha256}/redactions': S,

  'GET /orders': MISAU,
  'GET /orders/{id}': MISAU,
  'POST /orders/{id}/submit': { merchant: 'own', link: 'order', inspector: scope },
  'POST /orders/{id}/verify': IS,
  'POST /orders/{id}/return': IS,
  'POST /orders/{id}/extend': S,
  'POST /orders/{id}/cancel': S,
  'POST /orders/{id}/slip': IS,
  'POST /orders/{id}/link': IS,
  'DELETE /orders/{id}/link': IS,

  'GET /areas': signedIn,
  'GET /categories': signedIn,
  'GET /taskforces': signedIn,
  'GET /sites': signedIn,
  'GET /checklists': signedIn,
  'GET /checklists/{key}/{version}': signedIn,
  'PUT /areas/{code}': admin,
  'PUT /categories/{key}': admin,
  'PUT /taskforces/{key}': admin,
  'PUT /sites/{id}': admin,
  'POST /checklists': admin,
  'POST /checklists/preview': admin,

  'GET /users': signedIn,
  'GET /users/shops': admin,
  'GET /users/{id}': signedIn,
  'POST /users': admin,
  'PATCH /users/{id}': admin,

  'GET /audit': { auditor: scope, ...admin },
};
