// Zones for tests: squares around a place.
import type { Zone } from '../../models/zone.ts';
import { putZone, type ZoneParts } from '../../server/domain/zones.ts';
import { systemActor } from '../../server/domain/actor.ts';
import { ids } from '../../server/lib/ids.ts';

type Position = [lng: number, lat: number];

/** A square of so many degrees, closed. */
export function squareAround([lng, lat]: Position, side = 0.01): Zone['outline'] {
  const half = side / 2;
  const corner = (x: number, y: number): Position => [lng + x * half, lat + y * half];
  return {
    type: 'Polygon',
    coordinates: [[corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)]],
  };
}

/** As it is sent. Its usual place is that of the shops of tests. */
export function zoneBody(area = '230104', changes: Record<string, unknown> = {}) {
  return {
    name: { zh: '靖宇高风险区（示例）', en: 'Jingyu high-risk zone (example)' },
    area,
    outline: squareAround([126.64, 45.78]),
    from: '2022-01-01T00:00:00.000Z',
    ...changes,
  };
}

export async function aZone(changes: Partial<ZoneParts> & { id?: string } = {}): Promise<Zone> {
  const { id = ids.uuid(), ...parts } = changes;
  const { name, area, outline, from } = zoneBody();
  const zone = { name, area, outline, from: new Date(from), to: null, ...parts };
  return (await putZone(systemActor, id, zone)).record;
}
