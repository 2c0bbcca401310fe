// Answers that are text go compressed; pictures are already.
import compression from 'compression';

export const compress = compression({ threshold: 1_024 });
