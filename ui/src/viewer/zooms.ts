/** How big a page can be shown; 1 is as wide as there is room. */
export const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];
