// Where records have their page, for rows on other pages.
export const merchantPath = (id: string): string => `/merchants/${id}`;
export const visitPath = (id: string): string => `/visits/${id}`;
export const orderPath = (id: string): string => `/orders?order=${id}`;
export const adjustmentPath = (id: string): string => `/adjustments/${id}`;
