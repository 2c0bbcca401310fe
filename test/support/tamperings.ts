// Every way in which somebody with the database in his hands might touch the ledger's history, and what verification says to it.
import mongoose from 'mongoose';
import type { LedgerEntry } from '../../models/ledger.ts';
import { entryLeaf, sealBlock } from '../../server/domain/blocks.ts';
import { merkleRoot } from '../../server/lib/merkle.ts';
import { createSigningKey, loadSigner } from '../../server/lib/signing.ts';

export type Stored = Record<string, unknown> & { _id: string };
/** What the ledger and the list are kept in. */
export const kept = [
  'ledgerentries',
  'ledgerblocks',
  'ledgertips',
  'merchants',
  'merchantfacts',
  'merchantperiods',
  'adjustments',
  'adjustmentlines',
];
export const collection = (name: string) => mongoose.connection.collection<Stored>(name);
const entries = () => collection('ledgerentries');
export const blocks = () => collection('ledgerblocks');
const tips = () => collection('ledgertips');
const merchants = () => collection('merchants');
const facts = () => collection('merchantfacts');
const periods = () => collection('merchantperiods');

export type Tampering = { what: string; touch: () => Promise<unknown>; place: () => string; why: string };

export const placeOfBlock = (height: number) => `district 230104, block ${height}`;
const block = placeOfBlock;
const inBlock = (height: number, index = 0) => ({ district: '230104', height, index });

/**
 * For a chain of five blocks: four shops imported, 0 and 1 suspended, 1 listed again, 2 renamed, 3 to be suspended later. `id`
 * names a shop by its number, `rollBack` sets everything to what it was after the second block.
 */
export function tamperings(id: (index: number) => string, rollBack: () => Promise<void>): Tampering[] {
  const merchant = (index: number) => `merchant ${id(index)}`;
  return [
    {
      what: 'an entry’s status is edited',
      touch: () => entries().updateOne(inBlock(2), { $set: { to: 'listed' } }),
      place: () => block(2),
      why: 'Merkle root',
    },
    {
      what: 'an entry is dated back',
      touch: () => entries().updateOne(inBlock(2), { $set: { effectiveFrom: new Date(0) } }),
      place: () => block(2),
      why: 'Merkle root',
    },
    {
      what: 'an entry is given an end',
      touch: () => entries().updateOne(inBlock(2), { $set: { effectiveTo: new Date() } }),
      place: () => block(2),
      why: 'Merkle root',
    },
    {
      what: 'an entry is handed to another merchant',
      touch: () => entries().updateOne(inBlock(2), { $set: { merchant: id(3), n: 9 } }),
      place: () => block(2),
      why: 'Merkle root',
    },
    {
      what: 'the first entry of a block is deleted',
      touch: () => entries().deleteOne(inBlock(1, 0)),
      place: () => `${block(1)}, entry 0`,
      why: 'missing',
    },
    {
      what: 'an entry in the middle is deleted',
      touch: () => entries().deleteOne(inBlock(1, 2)),
      place: () => `${block(1)}, entry 2`,
      why: 'missing',
    },
    {
      what: 'the last entry of a block is deleted',
      touch: () => entries().deleteOne(inBlock(1, 3)),
      place: () => block(1),
      why: 'holds 3 entries',
    },
    {
      what: 'all entries of a block are deleted',
      touch: () => entries().deleteMany({ height: 2 }),
      place: () => block(2),
      why: 'holds 0 entries',
    },
    {
      what: 'an entry is added to a block',
      touch: async () => {
        const found = await entries().findOne(inBlock(2, 1));
        if (found) await entries().insertOne({ ...found, _id: 'added', index: 2, n: 9 });
      },
      place: () => block(2),
      why: 'holds 3 entries',
    },
    {
      what: 'an entry is added without a block',
      touch: async () => {
        const found = await entries().findOne(inBlock(2, 1));
        if (found) await entries().insertOne({ ...found, _id: 'added', height: 9, n: 9 });
      },
      place: () => `${block(9)}, entry 1`,
      why: 'no block',
    },
    {
      what: 'two entries of a block are swapped',
      touch: async () => {
        await entries().updateOne(inBlock(1, 0), { $set: { index: 99 } });
        await entries().updateOne(inBlock(1, 1), { $set: { index: 0 } });
        await entries().updateOne(inBlock(1, 99), { $set: { index: 1 } });
      },
      place: () => block(1),
      why: 'Merkle root',
    },
    {
      what: 'a header is edited',
      touch: () => blocks().updateOne({ height: 2 }, { $set: { at: new Date(0) } }),
      place: () => block(2),
      why: 'does not have its hash',
    },
    {
      what: 'a signature is forged by another key',
      touch: async () => {
        const found = await blocks().findOne({ height: 2 });
        const forger = loadSigner(createSigningKey().privatePem);
        const signature = forger.sign(String(found?.hash));
        await blocks().updateOne({ height: 2 }, { $set: { signature } });
      },
      place: () => block(2),
      why: 'signature',
    },
    {
      what: 'a signature names a key that is not ours',
      touch: async () => {
        const found = await blocks().findOne({ height: 2 });
        const forger = loadSigner(createSigningKey().privatePem);
        const signature = forger.sign(String(found?.hash));
        await blocks().updateOne({ height: 2 }, { $set: { signature, keyId: forger.keyId } });
      },
      place: () => block(2),
      why: 'signature',
    },
    {
      what: 'a block is sealed anew by a forger, entries and all',
      touch: async () => {
        await entries().updateOne(inBlock(2), { $set: { to: 'listed' } });
        const own = await entries().find({ height: 2 }).sort({ index: 1 }).toArray();
        const first = await blocks().findOne({ height: 1 });
        const second = await blocks().findOne({ height: 2 });
        const sealed = sealBlock(
          loadSigner(createSigningKey().privatePem),
          { height: 1, hash: String(first?.hash) },
          {
            district: '230104',
            adjustment: String(second?.adjustment),
            setHash: String(second?.setHash),
            at: second?.at as Date,
            count: own.length,
            root: merkleRoot(own.map((entry) => entryLeaf(entry as unknown as LedgerEntry))),
          },
        );
        await blocks().replaceOne({ height: 2 }, { ...sealed });
      },
      place: () => block(2),
      why: 'signature',
    },
    {
      what: 'the first block is deleted',
      touch: () => blocks().deleteOne({ height: 1 }),
      place: () => block(1),
      why: 'missing',
    },
    {
      what: 'a block in the middle is deleted',
      touch: () => blocks().deleteOne({ height: 3 }),
      place: () => block(3),
      why: 'missing',
    },
    {
      what: 'the last block is deleted',
      touch: () => blocks().deleteOne({ height: 5 }),
      place: () => block(5),
      why: 'heads file',
    },
    {
      what: 'two blocks are swapped',
      touch: async () => {
        await blocks().updateOne({ height: 2 }, { $set: { height: 99 } });
        await blocks().updateOne({ height: 3 }, { $set: { height: 2 } });
        await blocks().updateOne({ height: 99 }, { $set: { height: 3 } });
      },
      place: () => block(2),
      why: 'does not follow',
    },
    {
      what: 'the tip is set back',
      touch: async () => {
        const found = await blocks().findOne({ height: 4 });
        await tips().updateOne({}, { $set: { height: 4, hash: found?.hash } });
      },
      place: () => block(5),
      why: 'tip',
    },
    {
      what: 'the tip is deleted',
      touch: () => tips().deleteMany({}),
      place: () => block(5),
      why: 'tip',
    },
    {
      what: 'an adjustment is deleted',
      touch: () => collection('adjustments').deleteOne({ height: 2 }),
      place: () => block(2),
      why: 'adjustment is missing',
    },
    {
      what: 'facts are edited',
      touch: () => facts().updateOne({ merchant: id(2), version: 1 }, { $set: { 'facts.name': '别的店' } }),
      place: () => `${merchant(2)}, facts 1`,
      why: 'facts were changed',
    },
    {
      what: 'a salt is edited',
      touch: () => facts().updateOne({ merchant: id(2), version: 2 }, { $set: { salt: 'no' } }),
      place: () => `${merchant(2)}, facts 2`,
      why: 'facts were changed',
    },
    {
      what: 'facts are deleted',
      touch: () => facts().deleteOne({ merchant: id(2), version: 2 }),
      place: () => `${merchant(2)}, entry 2`,
      why: 'facts are missing',
    },
    {
      what: 'a merchant’s status on the list is edited',
      touch: () => merchants().updateOne({ _id: id(0) }, { $set: { status: 'listed' } }),
      place: () => merchant(0),
      why: 'is shown as listed',
    },
    {
      what: 'a merchant’s present period, which the public sees, is edited',
      touch: () => merchants().updateOne({ _id: id(0) }, { $set: { 'outlook.0.status': 'listed' } }),
      place: () => merchant(0),
      why: 'present and planned',
    },
    {
      what: 'a merchant’s plan is taken away',
      touch: () =>
        merchants().updateOne({ _id: id(3) }, { $pop: { outlook: 1 }, $set: { nextAt: null } } as object),
      place: () => merchant(3),
      why: 'present and planned',
    },
    {
      what: 'a merchant’s since is edited',
      touch: () => merchants().updateOne({ _id: id(0) }, { $set: { since: new Date(0) } }),
      place: () => merchant(0),
      why: 'since',
    },
    {
      what: 'a merchant’s address on the list is edited',
      touch: () => merchants().updateOne({ _id: id(0) }, { $set: { address: '别处' } }),
      place: () => merchant(0),
      why: 'other facts',
    },
    {
      what: 'a merchant’s point on the list is moved',
      touch: () => merchants().updateOne({ _id: id(0) }, { $set: { 'point.coordinates': [126, 45] } }),
      place: () => merchant(0),
      why: 'other facts',
    },
    {
      what: 'a past period is edited',
      touch: () =>
        periods().updateOne({ merchant: id(1), status: 'suspended' }, { $set: { status: 'listed' } }),
      place: () => merchant(1),
      why: 'as of an instant',
    },
    {
      what: 'a past period is shortened',
      touch: () =>
        periods().updateOne({ merchant: id(1), status: 'suspended' }, { $set: { to: new Date(0) } }),
      place: () => merchant(1),
      why: 'as of an instant',
    },
    {
      what: 'a past period shows another name',
      touch: () => periods().updateOne({ merchant: id(1) }, { $set: { name: '别的店' } }),
      place: () => merchant(1),
      why: 'as of an instant',
    },
    {
      what: 'a past period is deleted',
      touch: () => periods().deleteOne({ merchant: id(1) }),
      place: () => merchant(1),
      why: 'as of an instant',
    },
    {
      what: 'a merchant is deleted from the list',
      touch: () => merchants().deleteOne({ _id: id(1) }),
      place: () => merchant(1),
      why: 'not on the list',
    },
    {
      what: 'a merchant is put on the list without an entry',
      touch: async () => {
        const found = await merchants().findOne({ _id: id(0) });
        if (found) await merchants().insertOne({ ...found, _id: 'zzz', doorCode: 'ZZZ', uscc: null });
      },
      place: () => 'merchant zzz',
      why: 'has 0 entries',
    },
    {
      what: 'the ground of an enacted adjustment is changed',
      touch: async () => collection('adjustments').updateOne({ height: 2 }, { $set: { ground: 'zone' } }),
      place: () => block(2),
      why: 'adjustment was changed',
    },
    {
      what: 'the notice that the public is shown is changed',
      touch: async () =>
        collection('adjustments').updateOne({ height: 2 }, { $set: { notice: '示例通告99号' } }),
      place: () => block(2),
      why: 'adjustment was changed',
    },
    {
      what: 'a line of an enacted adjustment is deleted',
      touch: async () => {
        const found = await blocks().findOne({ height: 2 });
        await collection('adjustmentlines').deleteOne({ adjustment: String(found?.adjustment), index: 0 });
      },
      place: () => block(2),
      why: 'adjustment was changed',
    },
    {
      what: 'everything is rolled back to an earlier state',
      touch: () => rollBack(),
      place: () => block(3),
      why: 'heads file',
    },
    {
      what: 'everything is dropped',
      touch: async () => {
        for (const name of kept) await collection(name).deleteMany({});
      },
      place: () => block(1),
      why: 'heads file',
    },
  ];
}
