// Four places to try access on: one that is somebody's own, and three that differ from it by task force, subdistrict and district.
import { AdjustmentModel } from '../../../models/adjustment.ts';
import { ImportModel } from '../../../models/import.ts';
import { MerchantModel, type Merchant } from '../../../models/merchant.ts';
import { OrderModel } from '../../../models/order.ts';
import { SiteModel } from '../../../models/site.ts';
import { VisitModel } from '../../../models/visit.ts';
import { draftAdjustment } from '../../../server/domain/adjustment-drafts.ts';
import {
  approveAdjustment,
  submitAdjustment,
  withdrawAdjustment,
} from '../../../server/domain/adjustments.ts';
import { decideObjection, fileObjection } from '../../../server/domain/objections.ts';
import { createOrderLink } from '../../../server/domain/order-links.ts';
import { submitOrder } from '../../../server/domain/orders.ts';
import { submitVisit } from '../../../server/domain/visits.ts';
import { ids } from '../../../server/lib/ids.ts';
import { csv, imported } from '../imports.ts';
import { aPhoto, aVisit } from '../visits.ts';
import { adjust, aDesk, aListedMerchant, aPerson, type Desk, type Person } from '../world.ts';

export const placeNames = ['home', 'otherTaskForce', 'otherSubdistrict', 'otherDistrict'] as const;
export type PlaceName = (typeof placeNames)[number];

const grounds = {
  home: { district: '230104', subdistrict: '230104001', category: 'pharmacy' },
  otherTaskForce: { district: '230104', subdistrict: '230104001', category: 'supermarket' },
  otherSubdistrict: { district: '230104', subdistrict: '230104005', category: 'pharmacy' },
  otherDistrict: { district: '230199', subdistrict: '230199001', category: 'pharmacy' },
} as const;

/** The scope that reaches `home` and none of the others. */
export const homeScope = { areas: ['230104001'], taskForce: 'market' };

export type Place = {
  name: PlaceName;
  district: string;
  subdistrict: string;
  category: string;
  site: string;
  merchant: Merchant;
  /** Those who work here, each in charge of the whole district. */
  desk: Desk;
  inspector: Person;
  /** An enacted adjustment, a visit with a photo, and its order, which was answered: so it stands in the audit trail. */
  adjustment: string;
  visit: string;
  photo: string;
  order: string;
};
export type Places = Record<PlaceName, Place>;

export async function layPlaces(): Promise<Places> {
  const entries = [];
  for (const name of placeNames) entries.push([name, await layPlace(name)] as const);
  return Object.fromEntries(entries) as Places;
}

async function layPlace(name: PlaceName): Promise<Place> {
  const ground = grounds[name];
  const site = `site-${name}`;
  const areas = ['23', '2301', ground.district, ground.subdistrict];
  const point = { type: 'Point' as const, coordinates: [126.64, 45.78] as [number, number] };
  const rest = { name: site, subdistrict: ground.subdistrict, address: site, point };
  await SiteModel.create({ _id: site, district: ground.district, areas, kind: 'farm-market', ...rest });
  const desk = await aDesk([ground.district]);
  const inspector = await aPerson('inspector', { areas: [ground.district] });
  const merchant = await aListedMerchant(desk, {
    subdistrict: ground.subdistrict,
    category: ground.category,
    site,
  });
  const adjustment = merchant.outlook[0]?.adjustment ?? '';
  const place = {
    name,
    ...ground,
    site,
    merchant,
    desk,
    inspector,
    adjustment,
    visit: '',
    photo: '',
    order: '',
  };

  const photo = await aPhoto({ width: 64, height: 48 });
  await inspector.api.post('/photos').attach('photo', photo.bytes, 'a.jpg').expect(201);
  const { visit, order } = await visited(place, photo.sha256);
  await submitOrder(inspector.actor, order, {});
  return { ...place, visit, photo: photo.sha256, order };
}

/** A visit that opened one order. */
async function visited(
  { inspector, merchant }: Place,
  photo: string,
): Promise<{ visit: string; order: string }> {
  const fault = { item: 'scan', outcome: 'fail' as const, photos: [photo], fix: { kind: 'timed' as const } };
  const { visit } = await submitVisit(inspector.actor, aVisit(merchant._id, { answers: [fault] }));
  return { visit: visit._id, order: visit.orders[0]?._id ?? '' };
}

export async function openOrder(place: Place): Promise<string> {
  return (await visited(place, place.photo)).order;
}

export async function submittedOrder(place: Place): Promise<string> {
  const order = await openOrder(place);
  await submitOrder(place.inspector.actor, order, {});
  return order;
}

/** A visit that was made where the shop is not. */
export async function flaggedVisit({ inspector, merchant }: Place): Promise<string> {
  const visit = aVisit(merchant._id, { location: { lng: 127, lat: 46, accuracy: 10 } });
  return (await submitVisit(inspector.actor, visit)).visit._id;
}

export const neverSent = 'f'.repeat(64);

/** A visit that has waited for its photo for more than a week. */
export async function visitWithoutPhoto({ inspector, merchant }: Place): Promise<string> {
  const visit = aVisit(merchant._id, { photos: [{ sha256: neverSent, source: 'camera' }] });
  const { _id } = (await submitVisit(inspector.actor, visit)).visit;
  const receivedAt = new Date(Date.now() - 8 * 86_400_000);
  await VisitModel.collection.updateOne({ _id: _id as never }, { $set: { receivedAt } });
  return _id;
}

/** A visit at a shop that is not on file, by an inspector of this place. */
export async function unmatchedVisit({ subdistrict, merchant }: Place): Promise<string> {
  const [taskForce = null] = merchant.taskForces;
  const inspector = await aPerson('inspector', { areas: [subdistrict], taskForce });
  return (await submitVisit(inspector.actor, aVisit(ids.uuid()))).visit._id;
}

export async function linkTo(place: Place, order: string): Promise<string> {
  return (await createOrderLink(place.desk.staff.actor, order)).token;
}

export function newMerchant({ desk, subdistrict, category, site }: Place): Promise<Merchant> {
  return aListedMerchant(desk, { subdistrict, category, site });
}

type Frozen = { id: string; setHash: string };

export async function draftedAdjustment(
  { desk, district, merchant }: Place,
  kind: 'list' | 'emergency' = 'list',
  of = merchant,
): Promise<Frozen> {
  const request = { kind, to: 'suspended', ground: 'notice', reason: '测试', merchants: [of._id] } as const;
  // Nobody may do more than five emergencies a day.
  const drafter = kind === 'emergency' ? await aPerson('staff', { areas: [district] }) : desk.staff;
  const { _id, setHash } = await draftAdjustment(drafter.actor, {
    ...request,
    merchants: [...request.merchants],
  });
  return { id: _id, setHash };
}

export async function submittedAdjustment(
  place: Place,
  kind: 'list' | 'emergency' = 'list',
): Promise<Frozen> {
  const { id } = await draftedAdjustment(place, kind, await newMerchant(place));
  const { setHash } = await submitAdjustment(place.desk.staff.actor, id);
  return { id, setHash };
}

export async function enactedAdjustment(place: Place): Promise<string> {
  const { id, setHash } = await submittedAdjustment(place);
  await approveAdjustment(place.desk.approver.actor, id, { setHash });
  return id;
}

/** An enacted rule that another shop has come to match since. */
export async function outgrownRule(place: Place): Promise<string> {
  const { staff, approver } = place.desk;
  const [shop, later] = [await newMerchant(place), await newMerchant(place)];
  await adjust(place.desk, later._id, 'suspended');
  const { _id } = await draftAdjustment(staff.actor, {
    kind: 'rule',
    to: 'suspended',
    ground: 'notice',
    reason: '测试',
    rule: { where: { id: [shop._id, later._id] } },
  });
  const { setHash } = await submitAdjustment(staff.actor, _id);
  await approveAdjustment(approver.actor, _id, { setHash });
  await adjust(place.desk, later._id, 'listed');
  return _id;
}

/** The place's own shop, suspended for a while once more: what it may object to. */
export async function decisionAgainst({
  desk,
  merchant,
}: Place): Promise<{ merchant: string; adjustment: string }> {
  await liftSuspension(desk, merchant._id);
  const { _id } = await adjust(desk, merchant._id, 'suspended');
  return { merchant: merchant._id, adjustment: _id };
}

async function liftSuspension(desk: Desk, merchant: string): Promise<void> {
  const { status } = (await MerchantModel.findById(merchant, { status: 1 }).lean()) ?? {};
  if (status === 'suspended') await adjust(desk, merchant, 'listed');
}

export async function openObjection(place: Place): Promise<string> {
  const owner = await aPerson('merchant', { merchants: [place.merchant._id] });
  const decision = await decisionAgainst(place);
  return (await fileObjection(owner.actor, { ...decision, text: '已经改好' }))._id;
}

/** Upheld, and what it drafted was withdrawn. */
export async function upheldInVain(place: Place): Promise<string> {
  const id = await openObjection(place);
  const { actor } = await aPerson('staff', { areas: [place.district] });
  const { remedy } = await decideObjection(actor, id, { uphold: true, reason: '情况属实' });
  await withdrawAdjustment(actor, remedy ?? '');
  return id;
}

/** The places that these merchants, orders and adjustments belong to; what is none of them is left out. */
export async function placesOf(ids: string[]): Promise<Set<PlaceName>> {
  const among = { _id: { $in: ids } };
  const keys = { areas: 1, taskForces: 1 } as const;
  const records = [
    ...(await MerchantModel.find(among, keys).lean()),
    ...(await OrderModel.find(among, keys).lean()),
    ...(await AdjustmentModel.find(among, keys).lean()),
    ...(await ImportModel.find(among, keys).lean()),
  ];
  const taskForceOf = { pharmacy: 'market', supermarket: 'trade' };
  return new Set(
    records.map(({ areas, taskForces }) => {
      const found = placeNames.find(
        (name) =>
          areas.includes(grounds[name].subdistrict) &&
          taskForces.includes(taskForceOf[grounds[name].category]),
      );
      if (!found)
        throw new Error(`a record lies in none of the places: ${areas.join()} ${taskForces.join()}`);
      return found;
    }),
  );
}

/** An import by somebody who works here and nowhere else. */
export async function importOf({ subdistrict, category, merchant }: Place): Promise<string> {
  const [taskForce = null] = merchant.taskForces;
  const person = await aPerson('staff', { areas: [subdistrict], taskForce });
  const row = ['新店', ids.uuid(), category, subdistrict];
  return (await imported(person, csv(['商户名称', '地址', '类别', '街道代码'], [row]))).id;
}
