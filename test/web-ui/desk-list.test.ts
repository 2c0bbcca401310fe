// What the desk's list and forms work out by themselves: filters, instants, bars, and the facts of a merchant as fields.
import { expect } from 'chai';
import {
  barHeight,
  fieldOfInstant,
  instantOfField,
  lastDays,
  ruleOf,
  spanBetween,
  sumsOf,
  toggled,
  withInstant,
} from '../../web/src/desk/list/asked.ts';
import { applicationIn, emptyForm, faultsIn, faultsOf } from '../../web/src/desk/merchant/facts-form.ts';
import { metersFrom } from '../../web/src/desk/merchant/nearby.ts';

describe('the desk’s list', () => {
  it('leaves behind what the past does not know', () => {
    const query = {
      status: ['listed'],
      lastVisit: 'never',
      hasOpenOrders: 'true',
      sort: '-lastVisit',
      q: 'x',
    };
    expect(withInstant(query, '2022-11-26T00:00:00Z')).to.deep.equal({
      status: ['listed'],
      q: 'x',
      asOf: '2022-11-26T00:00:00Z',
    });
    expect(withInstant({ sort: 'name' }, 'then')).to.deep.equal({ sort: 'name', asOf: 'then' });
  });

  it('makes a rule of filters, not of a search nor of the past', () => {
    expect(ruleOf({ category: ['pharmacy'], sort: 'name' })).to.deep.equal({ category: ['pharmacy'] });
    expect(ruleOf({ category: ['pharmacy'], asOf: 'then' })).to.equal(null);
    expect(ruleOf({ category: ['pharmacy'], q: 'x' })).to.equal(null);
    expect(ruleOf({ sort: 'name' })).to.equal(null);
  });

  it('adds and takes away values, or holds one alone', () => {
    expect(toggled(['a'], 'b', false)).to.deep.equal(['a', 'b']);
    expect(toggled(['a', 'b'], 'a', false)).to.deep.equal(['b']);
    expect(toggled(['true'], 'false', true)).to.deep.equal(['false']);
  });

  it('sums up what moved', () => {
    const moves = [
      { from: null, to: 'listed' as const, count: 3 },
      { from: 'suspended' as const, to: 'listed' as const, count: 1 },
      { from: 'listed' as const, to: 'removed' as const, count: 2 },
      { from: null, to: 'applying' as const, count: 4 },
    ];
    expect(sumsOf(moves)).to.deep.equal({ listed: 4, removed: 2, suspended: 0, other: 4 });
  });

  it('asks for what moved from the earlier instant to the later one', () => {
    const span = { from: '2022-11-26T20:00:00+08:00', to: '2022-11-26T15:00:00Z' };
    expect(spanBetween(span.from, span.to)).to.deep.equal(span);
    expect(spanBetween(span.to, span.from)).to.deep.equal(span);
  });

  it('writes instants in Shanghai time, and reads them back', () => {
    expect(fieldOfInstant('2022-11-25T16:05:00Z')).to.equal('2022-11-26T00:05');
    expect(instantOfField('2022-11-26T00:05')).to.equal('2022-11-25T16:05:00.000Z');
    expect(instantOfField('')).to.equal(null);
    expect(lastDays(new Date('2022-12-01T17:00:00Z'), 3)).to.deep.equal([
      '2022-11-30',
      '2022-12-01',
      '2022-12-02',
    ]);
  });

  it('draws a day without entries flat, and the busiest in full', () => {
    expect([barHeight(0, 100), barHeight(100, 100), barHeight(0, 0)]).to.deep.equal([0, 1, 0]);
    expect(barHeight(3, 100)).to.be.within(0.2, 0.5);
  });
});

describe('the facts of a merchant as a form', () => {
  it('says what is missing or no number before anybody is asked', () => {
    const faults = faultsOf({ ...emptyForm(), outlet: 'two', point: 'here', name: '松江鲜果行', mode: [] });
    expect(faults).to.deep.equal({
      category: 'missing',
      subdistrict: 'missing',
      address: 'missing',
      mode: 'missing',
      outlet: 'badNumber',
      point: 'badPoint',
    });
  });

  it('sends what was left empty as unknown', () => {
    const body = applicationIn({ ...emptyForm(), name: ' 松江鲜果行 ', point: '126.64，45.79' });
    expect(body).to.include({ name: '松江鲜果行', uscc: null, capacity: null, contact: null });
    expect(body.point).to.deep.equal({ type: 'Point', coordinates: [126.64, 45.79] });
  });

  it('finds the field that a refusal is about', () => {
    const problem = { code: 'invalid-uscc', title: '', errors: [{ path: '/uscc', message: '' }] };
    expect(faultsIn(problem)).to.deep.equal({ uscc: 'badUscc' });
    const said = { code: 'invalid-request', title: '', errors: [{ path: '/body/name', message: '太长' }] };
    expect(faultsIn(said)).to.deep.equal({ name: { said: '太长' } });
  });
});

it('measures the way between neighbours', () => {
  const { east, north, meters } = metersFrom({ lng: 126.64, lat: 45.78 }, { lng: 126.64, lat: 45.781 });
  expect([Math.round(east), Math.round(north), Math.round(meters)]).to.deep.equal([0, 111, 111]);
});
