package sparkprop.train.step;

/**
 * A stretch of a partition's pass order that lies in one window.
 *
 * @param visit which of the pass's visits to a window, from 0
 * @param window the window visited
 * @param from first position within the window's own order
 * @param to one past the last position
 */
record Span(int visit, int window, int from, int to) {}
