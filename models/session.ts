// Login sessions: one family of refresh tokens each. The previous token stays good until its successor is used.
import { defineModel, fixed } from './model.ts';

export type Session = {
  _id: string;
  user: string;
  epoch: number;
  /** Hashes of the refresh token last issued and of the one before. */
  current: string;
  previous: string | null;
  createdAt: Date;
  usedAt: Date;
  expiresAt: Date;
  userAgent: string;
  address: string;
};

export const SessionModel = defineModel<Session>(
  'sessions',
  {
    user: fixed(String),
    epoch: fixed(Number),
    current: { type: String, required: true },
    previous: { type: String, default: null },
    createdAt: fixed(Date),
    usedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    userAgent: { type: String, default: '' },
    address: { type: String, default: '' },
  },
  [
    { fields: { user: 1, usedAt: -1 }, serves: 'the sessions of a user' },
    { fields: { expiresAt: 1 }, expireAfterSeconds: 0, serves: 'ended sessions go by themselves' },
  ],
);
