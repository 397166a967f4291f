package dev.keratin.backend.reference;

import dev.keratin.backend.Shape;

/**
 * The lines of elements along one axis. Element {@code k} of lane {@code i} is at {@code start(i) + k * step}; lanes are
 * counted in the row-major order of the other axes.
 *
 * @param count how many there are
 * @param length how many elements each has
 * @param step how far its elements are apart
 */
record Lanes(int count, int length, int step) {
    static Lanes of(Shape shape, int axis) {
        int length = (int) shape.dim(axis);
        int step = (int) shape.subShape(axis + 1, shape.rank()).size();
        return new Lanes((int) shape.subShape(0, axis).size() * step, length, step);
    }

    int start(int lane) {
        return lane / step * step * length + lane % step;
    }
}
