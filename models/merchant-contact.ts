// Contacts of merchants, apart from their facts, so that they can be masked, and purged without touching the list.
import { defineModel } from './model.ts';

export type MerchantContact = { _id: string; name: string; phone: string };

export const MerchantContactModel = defineModel<MerchantContact>('merchantcontacts', {
  name: { type: String, default: '' },
  phone: { type: String, default: '' },
});
