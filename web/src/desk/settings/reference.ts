// Reference data as flat forms: which fields a record has, and how the form becomes what is written. Pure.
import type { AnswerOf, BodyOf } from '../../shared/server/types.ts';

export const kinds = ['taskforces', 'categories', 'sites', 'areas'] as const;
export type Kind = (typeof kinds)[number];

export type Field =
  | 'zh'
  | 'en'
  | 'name'
  | 'example'
  | 'lead'
  | 'gbt'
  | 'taskForce'
  | 'kind'
  | 'subdistrict'
  | 'address'
  | 'lng'
  | 'lat'
  | 'level'
  | 'parent';
/** What somebody types: text throughout, a tick as 'yes' or ''. */
export type Form = { key: string } & Partial<Record<Field, string>>;

export const fieldsOf: Record<Kind, Field[]> = {
  taskforces: ['zh', 'en', 'example'],
  categories: ['zh', 'en', 'lead', 'taskForce', 'gbt'],
  sites: ['name', 'kind', 'subdistrict', 'address', 'lng', 'lat'],
  areas: ['name', 'level', 'parent', 'lng', 'lat'],
};
/** May stay empty. */
const optional: Field[] = ['example', 'gbt', 'parent'];

type Lists = {
  taskforces: AnswerOf<'getTaskforces'>['items'];
  categories: AnswerOf<'getCategories'>['items'];
  sites: AnswerOf<'getSites'>['items'];
  areas: AnswerOf<'getAreas'>['items'];
};

const numbers = ([lng, lat]: number[]) => ({ lng: String(lng ?? ''), lat: String(lat ?? '') });

export function formsOf(kind: Kind, lists: Lists): Form[] {
  switch (kind) {
    case 'taskforces':
      return lists.taskforces.map(({ key, name, example }) => ({
        key,
        ...name,
        example: example ? 'yes' : '',
      }));
    case 'categories':
      return lists.categories.map(({ key, name, gbt4754, leadDepartment, taskForce }) => ({
        key,
        ...name,
        lead: leadDepartment,
        taskForce,
        gbt: gbt4754.join(' '),
      }));
    case 'sites':
      return lists.sites.map(({ id, name, kind: of, subdistrict, address, point }) => ({
        key: id,
        name,
        kind: of,
        subdistrict,
        address,
        ...numbers(point.coordinates),
      }));
    case 'areas':
      return lists.areas.map(({ code, name, level, parent, centre }) => ({
        key: code,
        name,
        level,
        parent: parent ?? '',
        ...numbers(centre ?? []),
      }));
  }
}

export function bodyOf(
  kind: Kind,
  form: Form,
): BodyOf<'putTaskforcesKey'> | BodyOf<'putCategoriesKey'> | BodyOf<'putSitesId'> | BodyOf<'putAreasCode'> {
  const text = (field: Field) => (form[field] ?? '').trim();
  const name = { zh: text('zh'), en: text('en') };
  const coordinates: [number, number] = [Number(text('lng')), Number(text('lat'))];
  switch (kind) {
    case 'taskforces':
      return { name, example: text('example') !== '' };
    case 'categories':
      return {
        name,
        leadDepartment: text('lead'),
        taskForce: text('taskForce'),
        gbt4754: text('gbt').split(/\s+/).filter(Boolean),
      };
    case 'sites':
      return {
        name: text('name'),
        kind: text('kind') as BodyOf<'putSitesId'>['kind'],
        subdistrict: text('subdistrict'),
        address: text('address'),
        point: { type: 'Point', coordinates },
      };
    case 'areas':
      return {
        name: text('name'),
        level: text('level') as BodyOf<'putAreasCode'>['level'],
        parent: text('parent') || null,
        centre: text('lng') === '' ? null : coordinates,
      };
  }
}

type Complaint = 'missing' | 'badKey' | 'badCode' | 'badNumber' | 'taken';

export function complaintsOf(
  kind: Kind,
  form: Form,
  taken: string[] = [],
): Partial<Record<Field | 'key', Complaint>> {
  const found: Partial<Record<Field | 'key', Complaint>> = {};
  if (taken.includes(form.key)) found.key = 'taken';
  if (kind === 'areas' && !/^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/.test(form.key)) found.key = 'badCode';
  if (kind !== 'areas' && !/^[a-z0-9][a-z0-9-]*$/.test(form.key)) found.key = 'badKey';
  for (const field of fieldsOf[kind]) {
    const text = (form[field] ?? '').trim();
    const isNumber = field === 'lng' || field === 'lat';
    const mayLack = optional.includes(field) || (kind === 'areas' && isNumber && !form.lng && !form.lat);
    if (text === '' && !mayLack) found[field] = 'missing';
    if (text !== '' && isNumber && Number.isNaN(Number(text))) found[field] = 'badNumber';
  }
  return found;
}
