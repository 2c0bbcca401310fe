import { environment } from '../server/domain/environment.ts';
import { verifyLedger } from '../server/domain/verify-ledger.ts';
import { aDesk, adjust, emptyWorld, layGround, listedMerchants } from './support/world.ts';
import { moveDueMerchants } from '../server/domain/whitelist-clock.ts';
import { clock } from '../server/lib/clock.ts';
import { passTime } from './support/desk.ts';
describe('big', function () {
  this.timeout(600_000);
  it('measures', async () => {
    await emptyWorld(); await layGround();
    const desk = await aDesk();
    const groups: string[][] = [];
    const cpu = () => process.cpuUsage().user / 1000;
    let t = performance.now(); let c = cpu();
    const lap = (what: string) => { console.log(what, Math.round(performance.now() - t), 'cpu', Math.round(cpu() - c)); t = performance.now(); c = cpu(); };
    for (let i = 0; i < 2; i++) groups.push((await listedMerchants(desk, Array.from({ length: 2500 }, () => ({})))).map(m => m._id));
    lap('import 5000');
    for (let k = 0; k < 4; k++) for (const g of groups) await adjust(desk, g[0]!, k % 2 ? 'listed' : 'suspended', { merchants: g });
    lap('adjust 20000');
    const { signer } = environment();
    for (let i = 0; i < 2; i++) {
      await verifyLedger({ publicKeys: new Map([[signer.keyId, signer.publicJwk]]), heads: [] });
      lap('verify 25000');
    }
    for (const g of groups) await adjust(desk, g[0]!, 'suspended', { merchants: g, effectiveFrom: new Date(clock.now().getTime() + 3600_000) });
    lap('plan 5000');
    passTime(3700_000);
    await moveDueMerchants();
    lap('moved 5000');
  });
});
