// Shops as the pack holds them.
import type { Shop } from '../../web/src/inspect/core/contract.ts';

export const aShop = (id: string, changes: Partial<Shop> = {}): Shop => ({
  id,
  code: '0123456789',
  name: `店${id}`,
  address: '靖宇街1号',
  category: 'pharmacy',
  subdistrict: '230104001',
  site: null,
  point: null,
  status: 'listed',
  lastVisit: null,
  text: '',
  ...changes,
});
