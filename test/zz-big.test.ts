import { expect } from 'chai';
import { environment } from '../server/domain/environment.ts';
import { verifyLedger } from '../server/domain/verify-ledger.ts';
import { aDesk, adjust, emptyWorld, layGround, listedMerchants } from './support/world.ts';
import { verifySignature } from '../server/lib/signing.ts';
import { moveDueMerchants } from '../server/domain/whitelist-clock.ts';
import { clock } from '../server/lib/clock.ts';
import { passTime } from './support/desk.ts';
describe('big', function () {
  this.timeout(600_000);
  it('measures', async () => {
    await emptyWorld(); await layGround();
    const desk = await aDesk();
    const groups: string[][] = [];
    let t = performance.now();
    for (let i = 0; i < 8; i++) groups.push((await listedMerchants(desk, Array.from({ length: 2500 }, () => ({})))).map(m => m._id));
    console.log('import 20000', performance.now() - t); t = performance.now();
    for (let k = 0; k < 4; k++) for (const g of groups) await adjust(desk, g[0]!, k % 2 ? 'listed' : 'suspended', { merchants: g });
    console.log('adjust 80000', performance.now() - t);
    const { signer } = environment();
    for (let i = 0; i < 2; i++) {
      t = performance.now();
      const v = await verifyLedger({ publicKeys: new Map([[signer.keyId, signer.publicJwk]]), heads: [] });
      console.log(v, performance.now() - t, process.memoryUsage().rss / 1e6);
    }
    t = performance.now();
    const sig = signer.sign('x');
    for (let i = 0; i < 1000; i++) verifySignature(signer.publicJwk, 'x', sig);
    console.log('1000 signatures', performance.now() - t);
    for (const g of groups.slice(0, 4)) await adjust(desk, g[0]!, 'suspended', { merchants: g, effectiveFrom: new Date(clock.now().getTime() + 3600_000) });
    passTime(3700_000);
    t = performance.now();
    const n = await moveDueMerchants();
    console.log('moved', n, performance.now() - t);
    expect((await verifyLedger({ publicKeys: new Map([[signer.keyId, signer.publicJwk]]), heads: [] })).ok).to.equal(true);
  });
});
