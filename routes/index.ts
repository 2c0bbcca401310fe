// Every route of Mingdan, in one list: the tests, the documentation and the server read the same.
import type { Route } from '../server/http/define-route.ts';
import { adjustmentRoutes } from './adjustments.ts';
import { auditRoutes } from './audit.ts';
import { authRoutes } from './auth.ts';
import { changeRoutes } from './changes.ts';
import { checklistRoutes } from './checklists.ts';
import { doorNoticeRoutes } from './door-notices.ts';
import { eventRoutes } from './events.ts';
import { evidenceRoutes } from './evidence.ts';
import { exportRoutes } from './exports.ts';
import { facetRoutes } from './facets.ts';
import { fixRoutes } from './fix.ts';
import { importRoutes } from './imports.ts';
import { ledgerRoutes } from './ledger.ts';
import { merchantRoutes } from './merchants.ts';
import { objectionRoutes } from './objections.ts';
import { operatorRoutes } from './operator.ts';
import { orderRoutes } from './orders.ts';
import { packRoutes } from './packs.ts';
import { pageRoutes } from './pages.ts';
import { photoRoutes } from './photos.ts';
import { referenceRoutes } from './reference.ts';
import { settingsRoutes } from './settings.ts';
import { statsRoutes } from './stats.ts';
import { statusRoutes } from './status.ts';
import { todayRoutes } from './today.ts';
import { userRoutes } from './users.ts';
import { visitRoutes } from './visits.ts';
import { webhookRoutes } from './webhooks.ts';
import { zoneRoutes } from './zones.ts';

export const allRoutes: Route[] = [
  ...statusRoutes,
  ...ledgerRoutes,
  ...authRoutes,
  // Before the routes of one merchant: `export`, `changes`, `facets` and `notices` are none.
  ...exportRoutes,
  ...changeRoutes,
  ...eventRoutes,
  ...facetRoutes,
  ...doorNoticeRoutes,
  ...merchantRoutes,
  ...adjustmentRoutes,
  ...objectionRoutes,
  ...importRoutes,
  ...visitRoutes,
  ...photoRoutes,
  ...evidenceRoutes,
  ...orderRoutes,
  ...fixRoutes,
  ...packRoutes,
  ...todayRoutes,
  ...statsRoutes,
  ...referenceRoutes,
  ...checklistRoutes,
  ...settingsRoutes,
  ...zoneRoutes,
  ...webhookRoutes,
  ...userRoutes,
  ...auditRoutes,
  ...operatorRoutes,
  ...pageRoutes,
];
