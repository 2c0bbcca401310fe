// A small world for tests: a district with two subdistricts and a market, a second district, and one person of every role.
import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { allModels } from '../../models/index.ts';
import { AdjustmentModel } from '../../models/adjustment.ts';
import { AreaModel } from '../../models/area.ts';
import { CategoryModel } from '../../models/category.ts';
import { ChecklistModel } from '../../models/checklist.ts';
import { type Facts, type Merchant, MerchantModel } from '../../models/merchant.ts';
import { SessionModel } from '../../models/session.ts';
import { SiteModel } from '../../models/site.ts';
import { TaskForceModel } from '../../models/task-force.ts';
import { type Role, type Scope, type User, UserModel } from '../../models/user.ts';
import { actorFrom } from '../../server/domain/accounts.ts';
import type { Actor } from '../../server/domain/actor.ts';
import { draftAdjustment } from '../../server/domain/adjustment-drafts.ts';
import type { NewMerchant } from '../../server/domain/draft-parts.ts';
import { approveAdjustment, submitAdjustment } from '../../server/domain/adjustments.ts';
import { environment } from '../../server/domain/environment.ts';
import { hashPassword } from '../../server/domain/passwords.ts';
import { signAccessToken } from '../../server/lib/access-token.ts';
import { makeDoorCode } from '../../server/lib/door-code.ts';
import { ids } from '../../server/lib/ids.ts';
import { searchTextOf } from '../../server/lib/search-text.ts';
import { makeUscc } from '../../server/lib/uscc.ts';
import checklists from '../../server/seeds/data/checklists.json' with { type: 'json' };
import { caller } from './app.ts';

export const testPassword = 'a test password nobody guesses';
let passwordHash: string | undefined;

export type Person = { user: User; actor: Actor; token: string; api: ReturnType<typeof caller> };

const long_ago = new Date('2022-01-01T00:00:00Z');

/** Empties every collection; tests build what they need. */
export async function emptyWorld(): Promise<void> {
  const collections = allModels.map(({ collection }) => collection);
  const limits = mongoose.connection.collection('loginlimits');
  await Promise.all([...collections, limits].map((one) => one.deleteMany({})));
}

/** Areas, categories, task forces, a market and the checklist. */
export async function layGround(): Promise<void> {
  const area = (_id: string, name: string, level: string, path: string[]) => ({
    _id,
    name,
    level,
    kind: null,
    parent: path.at(-2) ?? null,
    path,
    centre: null,
    outline: null,
  });
  await AreaModel.insertMany([
    area('23', '黑龙江省', 'province', ['23']),
    area('2301', '哈尔滨市', 'city', ['23', '2301']),
    area('230104', '道外区', 'district', ['23', '2301', '230104']),
    area('230104001', '靖宇街道', 'subdistrict', ['23', '2301', '230104', '230104001']),
    area('230104005', '仁里街道', 'subdistrict', ['23', '2301', '230104', '230104005']),
    area('230199', '示例区', 'district', ['23', '2301', '230199']),
    area('230199001', '示例街道', 'subdistrict', ['23', '2301', '230199', '230199001']),
  ]);
  const words = (zh: string, en: string) => ({ zh, en });
  await TaskForceModel.insertMany([
    { _id: 'market', name: words('市场监管专班', 'Market supervision'), example: true },
    { _id: 'trade', name: words('商务专班', 'Trade'), example: true },
  ]);
  const category = (_id: string, taskForce: string) => ({
    _id,
    name: words(_id, _id),
    gbt4754: [],
    leadDepartment: '示例',
    taskForce,
  });
  await CategoryModel.insertMany([
    category('pharmacy', 'market'),
    category('convenience', 'market'),
    category('supermarket', 'trade'),
  ]);
  await SiteModel.create({
    _id: 'market-1',
    district: '230104',
    areas: ['23', '2301', '230104', '230104001'],
    kind: 'farm-market',
    name: '靖宇早市（示例）',
    subdistrict: '230104001',
    address: '靖宇街1号',
    point: { type: 'Point', coordinates: [126.64, 45.78] },
  });
  await ChecklistModel.insertMany(checklistRecords());
}

/** The checklists of the demonstration, as records. */
export function checklistRecords() {
  return checklists.checklists.map((checklist) => ({
    ...checklist,
    _id: `${checklist.key}/${checklist.version}`,
    createdAt: long_ago,
  }));
}

type PersonOptions = {
  areas?: string[];
  taskForce?: string | null;
  scopes?: Scope[];
  merchants?: string[];
  sites?: string[];
  name?: string;
};

/** A user with a session, signed in. */
export async function aPerson(role: Role, options: PersonOptions = {}): Promise<Person> {
  passwordHash ??= await hashPassword(testPassword);
  const now = new Date();
  const scopeless = role === 'merchant' || role === 'admin';
  const scopes =
    options.scopes ??
    (scopeless
      ? []
      : [
          {
            areas: options.areas ?? ['230104'],
            taskForce: options.taskForce ?? null,
            from: long_ago,
            to: null,
          },
        ]);
  const username = `${role}-${randomBytes(4).toString('hex')}`;
  const user: User = {
    _id: ids.uuid(),
    username,
    name: options.name ?? username,
    role,
    scopes,
    merchants: options.merchants ?? [],
    sites: options.sites ?? [],
    passwordHash,
    passwordChangedAt: now,
    disabled: false,
    epoch: 1,
    createdAt: now,
    rev: 1,
  };
  await UserModel.create(user);
  return signedIn(user);
}

async function signedIn(user: User): Promise<Person> {
  const session = ids.uuid();
  const now = new Date();
  await SessionModel.create({
    _id: session,
    user: user._id,
    epoch: user.epoch,
    successors: ['none'],
    previous: null,
    createdAt: now,
    usedAt: now,
    expiresAt: new Date(now.getTime() + 3_600_000),
    userAgent: '',
    address: '',
  });
  const token = signAccessToken(environment().accessKey, { user: user._id, session, epoch: user.epoch });
  return { user, actor: actorFrom(user, session), token, api: caller(token) };
}

let serial = 0;

export function someFacts(changes: Partial<Facts> = {}): Facts {
  serial += 1;
  return {
    name: `康宁药店（示例${serial}）`,
    uscc: makeUscc('92', '230104', 100_000 + serial),
    outlet: 1,
    registerNumber: null,
    category: 'pharmacy',
    gbt4754: '5251',
    subdistrict: '230104001',
    address: `靖宇街${serial}号`,
    point: { type: 'Point', coordinates: [126.64, 45.78] },
    site: null,
    mode: ['in-store'],
    capacity: null,
    ...changes,
  };
}

export type Desk = { staff: Person; approver: Person };
export async function aDesk(areas = ['230104']): Promise<Desk> {
  return { staff: await aPerson('staff', { areas }), approver: await aPerson('approver', { areas }) };
}

/** Listed merchants, by an import that was approved, as in life. */
export async function listedMerchants(
  { staff, approver }: Desk,
  newcomers: (Partial<Facts> & { contact?: NewMerchant['contact'] })[],
): Promise<Merchant[]> {
  const shops = newcomers.map(({ contact = { name: '王小明', phone: '10000001234' }, ...facts }) => ({
    id: ids.uuid(),
    facts: someFacts(facts),
    contact,
  }));
  const draft = await draftAdjustment(staff.actor, {
    kind: 'import',
    to: 'listed',
    ground: 'import',
    reason: '首次导入',
    newcomers: shops,
  });
  const submitted = await submitAdjustment(staff.actor, draft._id);
  await approveAdjustment(approver.actor, draft._id, { setHash: submitted.setHash });
  const merchants = await MerchantModel.find({ _id: { $in: shops.map(({ id }) => id) } }).lean<Merchant[]>();
  return shops.flatMap(({ id }) => merchants.find(({ _id }) => _id === id) ?? []);
}

/** Many more of the same kind and street, by their records alone: what the list amounts to, without its ledger. */
export async function merchantsLike(example: Merchant, count: number): Promise<void> {
  const more = Array.from({ length: count }, (_, index) => {
    const doorCode = makeDoorCode(randomBytes(8));
    const name = `${example.name.slice(0, 4)}第${index}分店`;
    const address = `南勋街${index}号`;
    const [lng, lat] = [126.6 + (index % 90) / 1_000, 45.75 + Math.floor(index / 90) / 1_000];
    const found = searchTextOf({ name, address, doorCode });
    const point = { type: 'Point' as const, coordinates: [lng, lat] as [number, number] };
    return { ...example, ...found, _id: ids.uuid(), doorCode, name, address, point, uscc: null };
  });
  if (more.length > 0) await MerchantModel.collection.insertMany(more as never[]);
}

export async function aListedMerchant(desk: Desk, facts: Partial<Facts> = {}): Promise<Merchant> {
  const [merchant] = await listedMerchants(desk, [facts]);
  if (!merchant) throw new Error('no merchant was listed');
  return merchant;
}

/** Suspends, removes … a merchant with four eyes. */
export async function adjust(
  { staff, approver }: Desk,
  merchant: string,
  to: Merchant['status'],
  more: Partial<Parameters<typeof draftAdjustment>[1]> = {},
) {
  const draft = await draftAdjustment(staff.actor, {
    kind: 'list',
    to,
    ground: 'notice',
    reason: '测试',
    merchants: [merchant],
    ...more,
  });
  const submitted = await submitAdjustment(staff.actor, draft._id);
  if (submitted.state === 'enacted') return submitted;
  await approveAdjustment(approver.actor, draft._id, { setHash: submitted.setHash });
  const enacted = await AdjustmentModel.findById(draft._id).lean();
  if (!enacted) throw new Error('the adjustment is gone');
  return enacted;
}
