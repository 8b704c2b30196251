/**
 * What a graph may be at most: far beyond any vision model, and little enough that one made to exhaust a machine is refused
 * before it takes memory or time.
 */

/** Of the graph and all graphs and functions within it; of functions also where they are called. */
export const mostNodes = 100_000;

/** Of a tensor, as numpy allows. */
export const mostAxes = 64;
