// What a bureau sets for an area, and the calendar of working days: read by every signed-in user, written by an admin.
import { findSettings, putSettings, type ShownSettings } from '../server/domain/settings.ts';
import { findYear, putNotice, type Year } from '../server/domain/working-days.ts';
import { defineRoute } from '../server/http/define-route.ts';
import { AreaCode, closed, IsoDay, nullable, text, Type } from '../server/http/schema.ts';
import { written } from './written.ts';

const from1to = (maximum: number, description: string) => Type.Integer({ minimum: 1, maximum, description });
const from0to = (maximum: number, description: string) => Type.Integer({ minimum: 0, maximum, description });
const settings = {
  majorHours: from1to(720, 'hours until a fault of a major item is due'),
  minorWorkingDays: from1to(60, 'working days until a fault of a minor item is due'),
  redAfterDays: from1to(60, 'days from yellow to red'),
  proposalWorkingDays: from1to(60, 'working days from red to the proposal to suspend'),
  verifierMayBeIssuer: Type.Boolean({ description: 'who issued an order may verify its answer' }),
  farMeters: from1to(50_000, 'metres from the shop beyond which a visit is flagged'),
  clockSkewMinutes: from1to(1_440, 'minutes ahead beyond which a device’s clock is flagged'),
  photosLostAfterDays: from1to(60, 'days after which missing photos may be given up'),
  objectionDays: from1to(365, 'days after a decision in which its merchant may object in time'),
  objectionDecisionWorkingDays: from1to(60, 'working days until an objection is decided'),
  failedVisits: from0to(20, 'visits with orders that propose a suspension; 0 for never'),
  failedVisitsDays: from1to(365, 'days within which they count'),
  closedVisits: from0to(
    20,
    'visits in a row that found the shop closed and propose its removal; 0 for never',
  ),
  unvisitedDays: from0to(
    1_825,
    'days without a visit after which a listed shop is proposed for suspension; 0 for never',
  ),
};
const ownSettings = Type.Partial(closed(settings), { additionalProperties: false });
const settingsShape = closed({
  area: Type.String(),
  own: ownSettings,
  inherited: closed(settings),
  effective: closed(settings),
});
const presentSettings = ({ area, own, inherited, effective }: ShownSettings) => ({
  area,
  own,
  inherited,
  effective,
});

const days = Type.Array(IsoDay, { maxItems: 100, uniqueItems: true });
const notice = closed({
  title: text(200, { minLength: 1, pattern: '\\S' }),
  holidays: days,
  makeUpDays: days,
});
const yearShape = closed({
  year: Type.Integer(),
  published: Type.Boolean(),
  notice: nullable(notice),
  daysOff: Type.Array(Type.String()),
  daysWorked: Type.Array(Type.String()),
});
const presentYear = ({ year, published, notice: entered, daysOff, daysWorked }: Year) => ({
  year,
  published,
  notice: entered,
  daysOff,
  daysWorked,
});

const byArea = closed({ area: AreaCode });
const byYear = closed({ year: Type.Integer({ minimum: 2004, maximum: 2100 }) });

export const settingsRoutes = [
  defineRoute({
    method: 'get',
    path: '/settings/{area}',
    summary: 'What an area sets itself, and what holds there',
    permission: 'reference.read',
    params: byArea,
    answers: { 200: settingsShape },
    handle: async ({ params }) => presentSettings(await findSettings(params.area)),
  }),
  defineRoute({
    method: 'put',
    path: '/settings/{area}',
    summary: 'Set what an area sets itself; what is left out it takes from around',
    permission: 'reference.manage',
    params: byArea,
    body: ownSettings,
    answers: { 200: settingsShape, 201: settingsShape },
    handle: async ({ actor, params, body }) =>
      written(await putSettings(actor, params.area, body), presentSettings),
  }),
  defineRoute({
    method: 'get',
    path: '/calendar/{year}',
    summary: 'Days off and days worked of a year, as deadlines are counted',
    permission: 'reference.read',
    params: byYear,
    answers: { 200: yearShape },
    handle: async ({ params }) => presentYear(await findYear(params.year)),
  }),
  defineRoute({
    method: 'put',
    path: '/calendar/{year}',
    summary: 'Enter the holiday notice of a year (放假安排)',
    permission: 'reference.manage',
    params: byYear,
    body: notice,
    answers: { 200: yearShape, 201: yearShape },
    handle: async ({ actor, params, body }) =>
      written(await putNotice(actor, params.year, body), presentYear),
  }),
];
