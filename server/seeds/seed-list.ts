// The list of the demonstration: imported by subdistrict, then adjusted day by day, each adjustment with its two persons.
import type { Adjustment, Ground } from '../../models/adjustment.ts';
import type { Facts, Status } from '../../models/merchant.ts';
import { draftAdjustment } from '../domain/adjustment-drafts.ts';
import type { DraftRequest, NewMerchant } from '../domain/draft-parts.ts';
import { approveAdjustment, submitAdjustment } from '../domain/adjustments.ts';
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
    const identities = random.fork(`merchant ids ${district}`);
    const merchants = generateMerchants(random.fork(district), district).map((merchant) => ({
      ...merchant,
      id: identities.uuid(),
    }));
    seeded[district] = merchants;
    await importList(story, district, people[district], merchants, (merchant) =>
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

/** Drafted side by side, approved one after the other: the chain of blocks has one end. */
async function importList(
  story: Story,
  district: DemoDistrict,
  bureau: Bureau,
  merchants: SeededMerchant[],
  make: Make,
): Promise<void> {
  const bySubdistrict = new Map<string, SeededMerchant[]>();
  for (const merchant of merchants.filter(({ fate }) => isImported(fate)))
    bySubdistrict.set(merchant.subdistrict, [...(bySubdistrict.get(merchant.subdistrict) ?? []), merchant]);
  const imports = [...bySubdistrict.entries()].map(([subdistrict, own], index) => ({
    key: `import ${district} ${subdistrict}`,
    at: story.daysBefore(importedDaysBefore, 9 * 60 + 5 * index),
    request: {
      kind: 'import',
      to: 'listed',
      ground: 'seed',
      reason: '首次导入白名单（示例）',
      newcomers: own.map(make),
    } as const,
  }));
  const submitted = await Promise.all(
    imports.map(({ key, at, request }) => story.do(key, at, () => submit(bureau, request))),
  );
  for (const [index, { key, at }] of imports.entries())
    await story.do(`${key} approved`, at, () => approve(bureau, submitted[index]));
}

async function submit({ staff }: Bureau, request: DraftRequest): Promise<Adjustment> {
  const draft = await draftAdjustment(staff, request);
  return submitAdjustment(staff, draft._id);
}

async function approve({ approver }: Bureau, submitted: Adjustment | undefined): Promise<void> {
  if (submitted?.state === 'submitted')
    await approveAdjustment(approver, submitted._id, { setHash: submitted.setHash });
}

/** Drafted and submitted by staff, approved by the approver where two persons are needed. */
async function decide(bureau: Bureau, request: DraftRequest): Promise<void> {
  await approve(bureau, await submit(bureau, request));
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
  ) => {
    const at = story.daysBefore(days, minute);
    const request = { kind: 'list' as const, to, ground, reason, notice, merchants: own.map(({ id }) => id) };
    const key = `${to} ${own[0]?.id ?? ''}`;
    story.plan({ key, at, alone: true, act: () => decide(bureau, request) });
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
    const reason = '商户申请（示例）';
    const request = { kind: 'list', to: 'applying', ground: 'application', reason } as const;
    const key = `applying ${own[0]?.id ?? ''}`;
    story.plan({ key, at, alone: true, act: () => decide(bureau, { ...request, newcomers: own.map(make) }) });
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
