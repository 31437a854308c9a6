/** How many steps the first run has, before the one that ends it. */
export const STEPS = 4;
