// Who tries: every role with the standing it is tried in.
import type { Scope } from '../../../models/user.ts';
import { aPerson, type Person } from '../world.ts';
import { homeScope, linkTo, openOrder, type Places } from './places.ts';
import type { RoleName } from './table.ts';

/** home: reaches home only · everywhere: all districts · former: reached home once · stranger: reaches nothing. */
export type Standing = 'home' | 'everywhere' | 'former' | 'stranger' | 'operator' | 'areas-of-home';

export type Caller = {
  role: RoleName;
  token: string | undefined;
  person: Person | null;
  /** The order that the caller's link opens. */
  order: string | null;
};

const longAgo = new Date('2022-01-01T00:00:00Z');
const notSoLongAgo = new Date('2022-03-01T00:00:00Z');

const scopesOf: Record<Standing, Scope[]> = {
  home: [{ ...homeScope, from: longAgo, to: null }],
  'areas-of-home': [{ areas: homeScope.areas, taskForce: null, from: longAgo, to: null }],
  everywhere: [{ areas: ['23'], taskForce: null, from: longAgo, to: null }],
  former: [{ ...homeScope, from: longAgo, to: notSoLongAgo }],
  stranger: [],
  operator: [],
};

export async function callerAs(role: RoleName, standing: Standing, places: Places): Promise<Caller> {
  const { home } = places;
  if (role === 'nobody') return { role, token: undefined, person: null, order: null };
  if (role === 'link') {
    const order = await openOrder(home);
    return { role, token: await linkTo(home, order), person: null, order };
  }
  const everyShop =
    standing === 'everywhere' ? Object.values(places).map(({ merchant }) => merchant._id) : [];
  const merchants = standing === 'home' ? [home.merchant._id] : everyShop;
  const sites = standing === 'operator' ? [home.site] : [];
  const isMerchant = role === 'merchant';
  const person = await aPerson(role, isMerchant ? { merchants, sites } : { scopes: scopesOf[standing] });
  return { role, token: person.token, person, order: null };
}
