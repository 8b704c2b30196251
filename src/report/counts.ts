/** How many images reports rest on, unless somebody says otherwise. */

/** Images in a batch: part of the estimate of CKA. */
export const batchSize = 64;
/** For a first look: 8 batches, twice what a jackknife needs. */
export const quickCount = 8 * batchSize;
/** For the full figures: 40 batches. */
export const fullCount = 40 * batchSize;
