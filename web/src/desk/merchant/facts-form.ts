// The facts of a merchant as fields of a form: from the record, into a request, and which field a refusal is about. Pure.
import type { Problem } from '../../shared/server/answers.ts';
import type { AnswerOf } from '../../shared/server/types.ts';

export type FieldName =
  | 'name'
  | 'uscc'
  | 'outlet'
  | 'registerNumber'
  | 'category'
  | 'gbt4754'
  | 'subdistrict'
  | 'address'
  | 'point'
  | 'site'
  | 'mode'
  | 'capacity'
  | 'contactName'
  | 'contactPhone';

type Merchant = AnswerOf<'getMerchantsId'>;
export type Mode = Merchant['mode'][number];
type Facts = Pick<
  Merchant,
  | 'name'
  | 'uscc'
  | 'outlet'
  | 'registerNumber'
  | 'category'
  | 'gbt4754'
  | 'subdistrict'
  | 'address'
  | 'point'
  | 'site'
  | 'mode'
  | 'capacity'
>;
type Text = Exclude<FieldName, 'mode'>;
export type Form = Record<Text, string> & { mode: Mode[] };
export type Fault = 'missing' | 'badNumber' | 'badPoint' | 'badUscc' | 'unknown';
export type Faults = Partial<Record<FieldName, Fault | { said: string }>>;

export const emptyForm = (): Form => ({
  name: '',
  uscc: '',
  outlet: '1',
  registerNumber: '',
  category: '',
  gbt4754: '',
  subdistrict: '',
  address: '',
  point: '',
  site: '',
  capacity: '',
  contactName: '',
  contactPhone: '',
  mode: ['in-store'],
});

export const formOf = (merchant: Merchant): Form => ({
  ...emptyForm(),
  name: merchant.name,
  uscc: merchant.uscc ?? '',
  outlet: String(merchant.outlet),
  registerNumber: merchant.registerNumber ?? '',
  category: merchant.category,
  gbt4754: merchant.gbt4754 ?? '',
  subdistrict: merchant.subdistrict,
  address: merchant.address,
  point: merchant.point?.coordinates.join(',') ?? '',
  site: merchant.site ?? '',
  capacity: merchant.capacity === null ? '' : String(merchant.capacity),
  mode: [...merchant.mode],
});

/** A new tenant at the place of a shop: its place and category to begin with, and nothing else of it. */
export function tenantFormOf(merchant: Merchant): Form {
  const { category, subdistrict, address, point, site } = formOf(merchant);
  return { ...emptyForm(), category, subdistrict, address, point, site };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
const pointPattern = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，]\s*(-?\d{1,2}(?:\.\d+)?)\s*$/;

/** What can be seen to be wrong before anybody is asked. */
export function faultsOf(form: Form): Faults {
  const faults: Faults = {};
  for (const name of ['name', 'category', 'subdistrict', 'address'] as const)
    if (form[name].trim() === '') faults[name] = 'missing';
  if (form.mode.length === 0) faults.mode = 'missing';
  if (!/^[1-9]\d{0,4}$/.test(form.outlet.trim())) faults.outlet = 'badNumber';
  if (!/^\d{0,7}$/.test(form.capacity.trim())) faults.capacity = 'badNumber';
  if (form.point.trim() !== '' && !pointPattern.test(form.point)) faults.point = 'badPoint';
  return faults;
}

export function factsIn(form: Form): Facts {
  const [, lng, lat] = pointPattern.exec(form.point) ?? [];
  return {
    name: form.name.trim(),
    uscc: orNull(form.uscc),
    outlet: Number(form.outlet),
    registerNumber: orNull(form.registerNumber),
    category: form.category,
    gbt4754: orNull(form.gbt4754),
    subdistrict: form.subdistrict,
    address: form.address.trim(),
    point: lng === undefined ? null : { type: 'Point', coordinates: [Number(lng), Number(lat)] },
    site: orNull(form.site),
    mode: form.mode,
    capacity: form.capacity.trim() === '' ? null : Number(form.capacity),
  };
}

export function applicationIn(form: Form): Facts & { contact: Merchant['contact'] } {
  const { contactName, contactPhone } = form;
  const hasContact = contactName.trim() !== '' || contactPhone.trim() !== '';
  return {
    ...factsIn(form),
    contact: hasContact ? { name: contactName.trim(), phone: contactPhone.trim() } : null,
  };
}

/** Only what is another value now; null where nothing is. */
export function correctionIn(form: Form, merchant: Merchant): Partial<Facts> | null {
  const before = factsIn(formOf(merchant));
  const changed = Object.entries(factsIn(form)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Facts]),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

const isField = (name: string): name is FieldName => name === 'mode' || name in emptyForm();

/** What the server found wrong, by field. */
export function faultsIn({ code, errors = [] }: Problem): Faults {
  const found = errors.flatMap(({ path, message }) => {
    const name = path.split('/').find(isField);
    if (name === undefined) return [];
    const fault =
      code === 'unknown-reference' ? 'unknown' : code === 'invalid-uscc' ? 'badUscc' : { said: message };
    return [[name, fault] as const];
  });
  return Object.fromEntries(found);
}
