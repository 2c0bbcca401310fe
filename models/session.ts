// Login sessions: one family of refresh tokens each. The previous token stays good until a successor of it is used.
import { defineModel, fixed } from './model.ts';

export type Session = {
  _id: string;
  user: string;
  epoch: number;
  /** Hash of the refresh token last used, and of those issued for it since: more than one where an answer was lost. */
  previous: string | null;
  successors: string[];
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
    previous: { type: String, default: null },
    successors: { type: [String], required: true },
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
