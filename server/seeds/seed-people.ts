// The people of the demonstration: one account of every role, and enough inspectors to have walked for a month.
import { OrderModel } from '../../models/order.ts';
import { type Role, type User, UserModel } from '../../models/user.ts';
import { actorFrom } from '../domain/accounts.ts';
import type { Actor } from '../domain/actor.ts';
import { hashPassword } from '../domain/passwords.ts';
import { ids } from '../lib/ids.ts';
import { placesOf } from './places.ts';
import type { Story } from './story.ts';

export type People = {
  daowai: { staff: Actor; approver: Actor; inspectors: Actor[] };
  second: { staff: Actor; approver: Actor; inspectors: Actor[] };
  merchant: Actor;
  accounts: string[];
};

const daowai = ['230104'];
const second = ['230110'];
/** Their accounts are told at the start; the others exist so that every task force has somebody in the street. */
const told = [
  'admin',
  'staff',
  'staff2',
  'approver',
  'auditor',
  'inspector1',
  'inspector2',
  'inspector3',
  'merchant1',
  'staff-b',
  'approver-b',
  'inspector-b',
];

type Row = [username: string, name: string, role: Role, areas?: string[], taskForce?: string];

function rows(): Row[] {
  const subdistricts = placesOf('daowai').map(({ code }) => code);
  const half = Math.ceil(subdistricts.length / 2);
  return [
    ['admin', '管理员（示例）', 'admin'],
    ['staff', '林工作（示例）', 'staff', daowai],
    ['staff2', '周工作（示例）', 'staff', daowai],
    ['approver', '郑审批（示例）', 'approver', daowai],
    ['auditor', '何审计（示例）', 'auditor', daowai],
    ['inspector1', '赵检查（示例）', 'inspector', subdistricts.slice(0, half), 'market'],
    ['inspector2', '钱检查（示例）', 'inspector', subdistricts.slice(half), 'market'],
    ['inspector3', '孙检查（示例）', 'inspector', daowai, 'trade'],
    ['merchant1', '王店主（示例）', 'merchant'],
    ['staff-b', '吴工作（示例）', 'staff', second],
    ['approver-b', '冯审批（示例）', 'approver', second],
    ['inspector-b', '陈检查（示例）', 'inspector', second, 'market'],
  ];
}

/** Makes the accounts with one password; without a password they cannot be logged into. */
export async function seedPeople(story: Story, password: string | undefined): Promise<People> {
  const from = story.daysBefore(40, 9 * 60);
  const passwordHash = await hashPassword(password ?? ids.secret());
  const users = rows().map(([username, name, role, areas, taskForce = null]): User => ({
    _id: ids.uuid(),
    username,
    name,
    role,
    scopes: areas ? [{ areas, taskForce, from, to: null }] : [],
    merchants: [],
    sites: [],
    passwordHash,
    passwordChangedAt: from,
    disabled: password === undefined,
    epoch: 1,
    createdAt: from,
    rev: 1,
  }));
  await UserModel.insertMany(users);
  const actor = (username: string): Actor => {
    const user = users.find((one) => one.username === username);
    if (!user) throw new Error(`no account ${username}`);
    return actorFrom(user);
  };
  return {
    daowai: {
      staff: actor('staff'),
      approver: actor('approver'),
      inspectors: ['inspector1', 'inspector2', 'inspector3'].map(actor),
    },
    second: { staff: actor('staff-b'), approver: actor('approver-b'), inspectors: [actor('inspector-b')] },
    merchant: actor('merchant1'),
    accounts: password === undefined ? [] : told,
  };
}

/** The demonstration merchant keeps a shop that has something to do: the one with the newest open order. */
export async function giveMerchantAccount({ merchant }: People): Promise<void> {
  const order = await OrderModel.findOne({ state: 'open', areas: '230104' }, { merchant: 1 })
    .sort({ openedAt: -1, _id: 1 })
    .lean();
  if (order) await UserModel.updateOne({ _id: merchant.id }, { merchants: [order.merchant] });
}
