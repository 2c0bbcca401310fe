// From the list that the server names behind a figure to the desk's page of that list.

/** The desk calls the list of merchants simply the list; queries are the same. */
export const rowsAt = (rows: string): string => rows.replace(/^\/merchants\b/, '/list');
