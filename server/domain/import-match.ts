// Which shop of the list a row means: by its id, else credit code and outlet, else register number, else door code.
import type { Facts, Merchant } from '../../models/merchant.ts';
import type { RowValues } from './import-cells.ts';
import type { Fault } from './import-words.ts';

/** A shop as it stands on the list now. */
export type OnList = Facts &
  Pick<Merchant, '_id' | 'rev' | 'district' | 'areas' | 'taskForces' | 'doorCode' | 'outlook'>;

/** Those that some rows may mean: `within` the uploader's reach, and `taken` codes wherever they are. */
export class KnownShops {
  private readonly byId = new Map<string, OnList>();
  private readonly byUscc = new Map<string, OnList[]>();
  private readonly byRegister = new Map<string, OnList[]>();
  private readonly byDoor = new Map<string, OnList>();
  private readonly holders = new Map<string, string>();

  constructor(all: OnList[], isWithin: (shop: OnList) => boolean) {
    for (const shop of all) {
      for (const code of codesOf(shop, shop.district)) this.holders.set(code, shop._id);
      if (!isWithin(shop)) continue;
      this.byId.set(shop._id, shop);
      this.byDoor.set(shop.doorCode, shop);
      if (shop.uscc !== null) push(this.byUscc, shop.uscc, shop);
      if (shop.registerNumber !== null) push(this.byRegister, shop.registerNumber, shop);
    }
  }

  withId = (id: string): OnList | undefined => this.byId.get(id);
  withUscc = (uscc: string): OnList[] => this.byUscc.get(uscc) ?? [];
  withRegisterNumber = (number: string): OnList[] => this.byRegister.get(number) ?? [];
  withDoorCode = (code: string): OnList | undefined => this.byDoor.get(code);

  /** Whether another shop of the district has one of these codes: the list would refuse it. */
  isTaken(facts: Pick<Facts, 'uscc' | 'outlet' | 'registerNumber'>, district: string, own: string | null) {
    return codesOf(facts, district).some((code) => (this.holders.get(code) ?? own) !== own);
  }
}

function push(map: Map<string, OnList[]>, key: string, shop: OnList): void {
  map.set(key, [...(map.get(key) ?? []), shop]);
}

/** What is unique in a district. */
export function codesOf(
  { uscc, outlet, registerNumber }: Pick<Facts, 'uscc' | 'outlet' | 'registerNumber'>,
  district: string,
): string[] {
  return [
    ...(uscc === null ? [] : [`${district}/uscc/${uscc}/${outlet}`]),
    ...(registerNumber === null ? [] : [`${district}/register/${registerNumber}`]),
  ];
}

export type Match = { shop: OnList } | { shop: null } | { fault: Fault };

/** `district` is the one that the row names, if any: codes are unique in a district only. */
export function matchRow(values: RowValues, district: string | null, known: KnownShops): Match {
  const { id, uscc, outlet, registerNumber, doorCode } = values;
  if (id !== undefined) return found('id', known.withId(id));
  const isHere = (shop: OnList) => district === null || shop.district === district;
  const hasOutlet = (shop: OnList) => outlet === undefined || shop.outlet === outlet;
  const byUscc = uscc == null ? [] : known.withUscc(uscc).filter((shop) => isHere(shop) && hasOutlet(shop));
  const byRegister = registerNumber == null ? [] : known.withRegisterNumber(registerNumber).filter(isHere);
  const [first, ...others] = byUscc.length > 0 ? byUscc : byRegister;
  if (others.length > 0) return { fault: { column: 'outlet', code: 'several-shops' } };
  if (first) return { shop: first };
  return doorCode === undefined ? { shop: null } : found('doorCode', known.withDoorCode(doorCode));
}

function found(column: 'id' | 'doorCode', shop: OnList | undefined): Match {
  return shop ? { shop } : { fault: { column, code: 'unknown-id' } };
}
