// The list of the demonstration: imported by subdistrict, then adjusted day by day, each adjustment with its two persons.
import type { AdjustmentKind, Ground } from '../../models/adjustment.ts';
import type { Facts, Status } from '../../models/merchant.ts';
import { draftAdjustment, type DraftRequest, type NewMerchant } from '../domain/adjustment-drafts.ts';
import { approveAdjustment, submitAdjustment } from '../domain/adjustments.ts';
import { ids } from '../lib/ids.ts';
import { generateMerchants, type Fate, type SeedMerchant } from './merchants.ts';
import type { DemoDistrict } from './places.ts';
import type { Random } from './random.ts';
import type { People } from './seed-people.ts';
import type { Story } from './story.ts';

export type SeededMerchant = SeedMerchant & { id: string };
type Bureau = People[DemoDistrict];

/** Days before now on which the list was imported; the visits begin after that. */
const importedDaysBefore = 33;

export async function seedList(
  story: Story,
  random: Random,
  people: People,
  sites: Map<string, string>,
): Promise<Record<DemoDistrict, SeededMerchant[]>> {
  const seeded = { daowai: [] as SeededMerchant[], second: [] as SeededMerchant[] };
  for (const district of ['daowai', 'second'] satisfies DemoDistrict[]) {
    const merchants = generateMerchants(random.fork(district), district).map((merchant) => ({
      ...merchant,
      id: ids.uuid(),
    }));
    seeded[district] = merchants;
    await importList(story, people[district], merchants, (merchant) =>
      newMerchant(district, merchant, sites),
    );
    planDailyChanges(story, random.fork(`changes ${district}`), people[district], merchants, (merchant) =>
      newMerchant(district, merchant, sites),
    );
  }
  return seeded;
}

function newMerchant(
  district: DemoDistrict,
  merchant: SeededMerchant,
  sites: Map<string, string>,
): NewMerchant {
  const {
    id,
    name,
    uscc,
    outlet,
    registerNumber,
    category,
    gbt4754,
    subdistrict,
    address,
    point,
    site,
    mode,
    capacity,
    contact,
  } = merchant;
  const facts: Facts = {
    name,
    uscc,
    outlet,
    registerNumber,
    category,
    gbt4754,
    subdistrict,
    address,
    point: { type: 'Point', coordinates: point },
    site: site === null ? null : (sites.get(`${district}/${site}`) ?? null),
    mode,
    capacity,
  };
  return { id, facts, contact };
}

type Make = (merchant: SeededMerchant) => NewMerchant;
const isImported = (fate: Fate) => fate === 'listed' || fate === 'suspended' || fate === 'removed';

async function importList(
  story: Story,
  bureau: Bureau,
  merchants: SeededMerchant[],
  make: Make,
): Promise<void> {
  const bySubdistrict = new Map<string, SeededMerchant[]>();
  for (const merchant of merchants.filter(({ fate }) => isImported(fate)))
    bySubdistrict.set(merchant.subdistrict, [...(bySubdistrict.get(merchant.subdistrict) ?? []), merchant]);
  let minute = 9 * 60;
  for (const own of bySubdistrict.values()) {
    story.at = story.daysBefore(importedDaysBefore, minute);
    minute += 5;
    const request = {
      kind: 'import',
      to: 'listed',
      ground: 'seed',
      reason: '首次导入白名单（示例）',
      newcomers: own.map(make),
    } as const;
    await decide(bureau, request);
  }
}

/** Drafted and submitted by staff, approved by the approver where two persons are needed. */
async function decide({ staff, approver }: Bureau, request: DraftRequest): Promise<void> {
  const draft = await draftAdjustment(staff, request);
  const submitted = await submitAdjustment(staff, draft._id);
  if (submitted.state === 'submitted')
    await approveAdjustment(approver, draft._id, { setHash: submitted.setHash });
}

function planDailyChanges(
  story: Story,
  random: Random,
  bureau: Bureau,
  merchants: SeededMerchant[],
  make: Make,
): void {
  const fated = (...fates: Fate[]) => random.shuffle(merchants.filter(({ fate }) => fates.includes(fate)));
  const change = (
    days: number,
    minute: number,
    own: SeededMerchant[],
    to: Status,
    ground: Ground,
    reason: string,
    notice: string | null,
    kind: AdjustmentKind = 'list',
  ) => {
    const at = story.daysBefore(days, minute);
    story.plan(at, () =>
      decide(bureau, { kind, to, ground, reason, notice, merchants: own.map(({ id }) => id) }),
    );
  };
  let notice = 0;
  const nextNotice = () => `示例通告〔2022〕${(notice += 1)}号`;

  portions(fated('suspended'), 5).forEach((own, i) => {
    change(
      20 - 2 * (i % 9),
      18 * 60 + i,
      own,
      'suspended',
      i % 3 === 0 ? 'visit' : 'notice',
      '防疫措施不到位，暂停营业整改（示例）',
      nextNotice(),
    );
  });
  portions(fated('removed'), 5).forEach((own, i) => {
    change(
      25 - 3 * (i % 8),
      17 * 60 + i,
      own,
      'removed',
      i % 2 === 0 ? 'closure' : 'notice',
      '已停业或不再符合条件，移出名单（示例）',
      nextNotice(),
    );
  });
  portions(fated('applying', 'verifying', 'rejected'), 10).forEach((own, i) => {
    const at = story.daysBefore(14 - (i % 10), 10 * 60 + i);
    story.plan(at, () =>
      decide(bureau, {
        kind: 'list',
        to: 'applying',
        ground: 'application',
        reason: '商户申请（示例）',
        newcomers: own.map(make),
      }),
    );
  });
  portions(fated('verifying', 'rejected'), 10).forEach((own, i) => {
    change(3, 14 * 60 + i, own, 'verifying', 'application', '转现场核验（示例）', null);
  });
  portions(fated('rejected'), 10).forEach((own, i) => {
    change(1, 16 * 60 + i, own, 'rejected', 'application', '不符合保供条件（示例）', null);
  });
}

function portions<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
