// The phone when its storage is full.
import { expect } from 'chai';
import { origin } from '../support/app.ts';
import { debuggerOf } from '../support/phone.ts';
import { beginVisit, inTheStreet, passTheRest, seal, visitThat } from '../support/street.ts';

inTheStreet('the phone with a full disk', (street) => {
  it('warns on a full disk, refuses to seal, and loses nothing', async () => {
    const { phone } = street;
    await phone.context.setOffline(true);
    await beginVisit(phone);
    await passTheRest(phone);
    await phone.page.getByText('草稿已存').waitFor();
    await phone.page.waitForTimeout(500);
    const disk = await debuggerOf(phone);
    await disk.send('Storage.overrideQuotaForOrigin', { origin: origin(), quotaSize: 1 });
    // For half a minute the browser goes by the room that it found before.
    await phone.page.waitForTimeout(31_000);
    await seal(phone);
    await phone.page.getByText('手机存满了').waitFor();
    await phone.page.reload();
    await phone.page.getByText('草稿').first().waitFor();
    await disk.send('Storage.overrideQuotaForOrigin', { origin: origin() });
    await seal(phone);
    await phone.page.getByText('已存本机').waitFor();
    await phone.context.setOffline(false);
    const visit = await visitThat(({ state }) => state === 'complete');
    expect(visit.body.answers.every(({ outcome }) => outcome === 'pass')).to.equal(true);
  });
});
