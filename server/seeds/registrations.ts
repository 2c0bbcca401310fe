// Credit codes and register numbers of sample merchants: well-formed, made up, none given twice.
import { makeUscc } from '../lib/uscc.ts';
import type { CategoryProfile } from './category-profiles.ts';
import type { Random } from './random.ts';

/** How a merchant is registered. Stalls often have neither a code nor a number. */
export interface Registration {
  uscc: string | null;
  outlet: number;
  registerNumber: string | null;
}

/** Hands out registrations of one district; `next` for a shop of its own, `outletOf` for a branch of a chain. */
export interface Registrar {
  next(random: Random, category: string, profile: CategoryProfile, stall: boolean): Registration;
  outletOf(random: Random, chain: string): Registration;
}

// A shop may be registered elsewhere. 230105, 230106 and 230107 were abolished but live on in old codes.
const homeAreas: Readonly<Record<string, number>> = {
  '230104': 80,
  '230105': 6,
  '230106': 2,
  '230107': 2,
  '230102': 3,
  '230103': 3,
  '230110': 2,
  '230108': 1,
  '230184': 1,
};
const headOffices: Readonly<Record<string, number>> = {
  '230104': 45,
  '230100': 18,
  '230105': 5,
  '230106': 3,
  '230103': 8,
  '230102': 6,
  '230110': 5,
  '110108': 3,
  '310115': 3,
  '440305': 2,
  '210102': 2,
};

/** Starts a register. Codes and numbers are unique within it. */
export function makeRegistrar(district: string): Registrar {
  const codes = new Set<string>();
  const outlets = new Map<string, { uscc: string; count: number }>();
  let numbers = 0;

  const fresh = (random: Random, enterprise: boolean): string => {
    for (;;) {
      const area = enterprise ? random.weighted(headOffices) : random.weighted(homeAreas);
      const code = makeUscc(enterprise ? '91' : '92', localised(area, district), random.int(0, 31 ** 6 - 1));
      if (!codes.has(code)) {
        codes.add(code);
        return code;
      }
    }
  };

  return {
    next: (random, category, profile, stall) => {
      if (stall && random.chance(0.86)) return { uscc: null, outlet: 1, registerNumber: null };
      const licence = licences[category];
      if (licence && random.chance(licence.share)) {
        numbers += 1;
        return { uscc: null, outlet: 1, registerNumber: licenceNumber(licence.prefix, district, numbers) };
      }
      return { uscc: fresh(random, random.chance(profile.enterprise)), outlet: 1, registerNumber: null };
    },
    outletOf: (random, chain) => {
      const known = outlets.get(chain) ?? { uscc: fresh(random, true), count: 0 };
      known.count += 1;
      outlets.set(chain, known);
      return { uscc: known.uscc, outlet: known.count, registerNumber: null };
    },
  };
}

// Some are known by a licence only; the numbers say that they are samples (样).
const licences: Readonly<Record<string, { prefix: string; share: number }>> = {
  pharmacy: { prefix: '黑样药', share: 0.04 },
  'primary-care': { prefix: '黑样医', share: 0.4 },
};

function licenceNumber(prefix: string, district: string, number: number): string {
  return `${prefix}${district}${String(number).padStart(4, '0')}`;
}

// "At home" means the district the shop stands in.
function localised(area: string, district: string): string {
  return area === '230104' ? district : area;
}
