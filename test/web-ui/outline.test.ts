// The outline of a zone as people paste it: GeoJSON in its wrappings, bare coordinates, lines of numbers.
import { expect } from 'chai';
import { linesOf, outlineIn } from '../../web/src/desk/settings/outline.ts';

const ring: [number, number][] = [
  [126.6, 45.7],
  [126.7, 45.7],
  [126.7, 45.8],
  [126.6, 45.7],
];
const polygon = { type: 'Polygon', coordinates: [ring] };

describe('a pasted outline', () => {
  it('is found in GeoJSON however it is wrapped', () => {
    const feature = { type: 'Feature', properties: {}, geometry: polygon };
    for (const given of [polygon, feature, { type: 'FeatureCollection', features: [feature] }, [ring], ring])
      expect(outlineIn(JSON.stringify(given, null, 2))).to.deep.equal(polygon);
    const high = { type: 'Polygon', coordinates: [ring.map((position) => [...position, 120])] };
    expect(outlineIn(JSON.stringify(high))).to.deep.equal(polygon);
  });

  it('is found in lines, and a ring that is left open is closed', () => {
    const text = '126.6, 45.7\n126.7，45.7\n\n 126.7 45.8 ';
    expect(outlineIn(text)).to.deep.equal(polygon);
    expect(outlineIn(linesOf({ type: 'Polygon', coordinates: [ring] }))).to.deep.equal(polygon);
  });

  it('is not found in what is none', () => {
    const two = { type: 'MultiPolygon', coordinates: [[ring], [ring]] };
    for (const text of [
      '',
      '靖宇街',
      '126.6, 45.7\n126.7, 45.8',
      '{',
      JSON.stringify(two),
      '126.6\n45.7\n1',
      '[]',
    ])
      expect(outlineIn(text), text).to.equal(null);
  });
});
