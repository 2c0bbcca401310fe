// Where records have their page, for rows on other pages.
import type { RouteLocationRaw } from 'vue-router';

export const merchantPath = (id: string): string => `/merchants/${id}`;
/** Where a shop's place is handed to a new tenant, and where a duplicate is merged; `into` is the one to be kept. */
export const handoverPath = (id: string): string => `${merchantPath(id)}/handover`;
export const mergePath = (id: string, into?: string): RouteLocationRaw => ({
  path: `${merchantPath(id)}/merge`,
  query: into === undefined ? {} : { into },
});
export const visitPath = (id: string): string => `/visits/${id}`;
export const orderPath = (id: string): string => `/orders?order=${id}`;
export const objectionPath = (id: string): string => `/objections/${id}`;
export const adjustmentPath = (id: string): string => `/adjustments/${id}`;
export const importPath = (id: string): string => `/imports/${id}`;
export const zonePath = (id: string): string => `/settings/zones/${id}`;
export const userPath = (id: string): string => `/users/${id}`;
/** `of` is a list's key with the number of its version: essential/2. */
export const checklistPath = (of: string): string => `/checklists/${of}`;

/** Drafting, begun with shops, a filter, or an adjustment that is drafted anew. */
export const draftingPath = (query: Record<string, string | string[]>): RouteLocationRaw => ({
  path: '/adjustments/new',
  query,
});
