// Shops that follow each other, as one reader may know of them: what is out of reach is told without its name.
import { type Merchant, MerchantModel, type Period } from '../../models/merchant.ts';
import { textThatIs } from '../../models/model.ts';
import type { Succession, Successor } from '../../models/words.ts';
import { clock } from '../lib/clock.ts';
import type { Actor } from './actor.ts';
import { presentStretch } from './ledger-fold.ts';
import { visibleTo } from './visible-to.ts';

/** `merchant` and `name` are null for a shop out of reach. */
export type Related = { kind: Succession; merchant: string | null; name: string | null };
/** Who follows a shop now, and whom it follows. */
export type Relations = { successor: Related | null; predecessors: Related[] };

type Named = Pick<Merchant, '_id' | 'name'>;

/** By merchant: those of these shops that the reader may see. */
export async function relatedTo(actor: Actor, successors: Successor[]): Promise<Map<string, Related>> {
  if (successors.length === 0) return new Map();
  const among = { _id: { $in: successors.map(({ merchant }) => merchant) } };
  const seen = await MerchantModel.find(visibleTo(actor, MerchantModel).within(among), { name: 1 }).lean<
    Named[]
  >();
  const names = new Map(seen.map(({ _id, name }) => [_id, name]));
  return new Map(
    successors.map(({ kind, merchant }) => {
      const name = names.get(merchant) ?? null;
      return [merchant, { kind, merchant: name === null ? null : merchant, name }];
    }),
  );
}

/** Shops out of reach that a shop follows are left out. */
export async function relationsOf(actor: Actor, merchant: string, { successor }: Period): Promise<Relations> {
  const followed = { 'outlook.successor.merchant': textThatIs(merchant) };
  const candidates = await MerchantModel.find(visibleTo(actor, MerchantModel).within(followed), {
    name: 1,
    outlook: 1,
  })
    .sort({ _id: 1 })
    .lean<(Named & Pick<Merchant, 'outlook'>)[]>();
  const now = clock.now();
  const predecessors = candidates.flatMap(({ _id, name, outlook }) => {
    const said = presentStretch(outlook, now)?.successor;
    return said?.merchant === merchant ? { kind: said.kind, merchant: _id, name } : [];
  });
  const related = await relatedTo(actor, successor ? [successor] : []);
  return { successor: related.get(successor?.merchant ?? '') ?? null, predecessors };
}
