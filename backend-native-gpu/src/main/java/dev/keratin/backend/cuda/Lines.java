package dev.keratin.backend.cuda;

import dev.keratin.backend.Shape;

/**
 * A shape as the lines along one of its axes.
 *
 * @param outer how many indices the axes before it have
 * @param length how many elements a line has
 * @param inner how many indices the axes after it have, which is how far the elements of a line are apart
 */
record Lines(long outer, long length, long inner) {
    static Lines of(Shape shape, int axis) {
        return new Lines(shape.subShape(0, axis).size(), shape.dim(axis), shape.subShape(axis + 1, shape.rank()).size());
    }
}
