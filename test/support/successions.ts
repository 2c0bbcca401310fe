// Drafts by which somebody follows a shop: the next tenant of its place, or the record of it that is kept.
import type { Merchant } from '../../models/merchant.ts';
import type { Wish } from './desk.ts';

let serial = 0;
const tenantName = () => `新租户（示例${(serial += 1)}）`;
export const leaving = { to: 'deregistered', ground: undefined, notice: undefined, reason: '原商户已搬走' };
export const handing = (shop: Merchant, handTo: Wish = {}): Wish => ({
  ...leaving,
  merchants: [shop._id],
  handTo: { name: tenantName(), ...handTo },
});
export const merging = (duplicate: Merchant, kept: Merchant): Wish => ({
  ...leaving,
  merchants: [duplicate._id],
  mergeInto: kept._id,
});
