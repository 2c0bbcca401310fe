// Webhooks and their deliveries, as they are written and shown.
import { deliveryErrors, deliveryStates, pauseReasons } from '../models/webhook.ts';
import { Can, closed, Instant, nullable, oneOf, text, Type } from '../server/http/schema.ts';
import { selectorShape } from './merchants.schema.ts';

const name = text(64, { minLength: 1, pattern: '\\S' });
const url = text(2_048, { minLength: 8 });

export const webhookBody = closed({ name, url, selector: selectorShape });
export const webhookChanges = closed(
  {
    name: Type.Optional(name),
    url: Type.Optional(url),
    selector: Type.Optional(selectorShape),
    paused: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
);

export const webhookShape = closed({
  id: Type.String(),
  name: Type.String(),
  host: Type.String(),
  url: nullable(Type.String({ description: 'for an admin; it may hold a secret of the receiver’s' })),
  selector: Type.Unsafe<Record<string, unknown>>({ type: 'object' }),
  paused: nullable(closed({ at: Instant, because: oneOf(pauseReasons) })),
  failures: Type.Integer({ description: 'tries since the last one that was taken' }),
  failingSince: nullable(Instant),
  nextAt: nullable(Instant),
  createdAt: Instant,
  rev: Type.Integer(),
  can: Can,
});

export const webhookWithSecretShape = closed({
  ...webhookShape.properties,
  secret: Type.String({ description: 'shown this once' }),
});

export const deliveryShape = closed({
  id: Type.String(),
  n: Type.Integer(),
  kind: oneOf(['changes', 'ping'] as const),
  items: Type.Integer(),
  state: oneOf(deliveryStates),
  attempts: Type.Array(
    closed({
      at: Instant,
      millis: Type.Integer(),
      status: nullable(Type.Integer()),
      error: nullable(oneOf(deliveryErrors)),
    }),
  ),
  createdAt: Instant,
  deliveredAt: nullable(Instant),
});
