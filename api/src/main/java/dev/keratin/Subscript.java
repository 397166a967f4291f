package dev.keratin;

import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;

/** Indexing as Python writes it in brackets, read from text. */
final class Subscript {
    private final Tensor x;
    private final String key;
    private final long[] starts;
    private final long[] limits;
    private final long[] strides;
    private final List<Integer> reversed = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private int axis;

    private static final int NEW_AXIS = -1;
    private static final int REMOVED = -2;

    Subscript(Tensor x, String key) {
        this.x = x;
        this.key = key;
        this.starts = new long[x.rank()];
        this.limits = x.shape().dims();
        this.strides = new long[x.rank()];
        java.util.Arrays.fill(strides, 1);
    }

    Tensor apply() {
        List<String> items = items();
        long named = items.stream().filter(item -> !isNew(item) && !item.equals("...")).count();
        if (named > x.rank() || items.stream().filter(item -> item.equals("...")).count() > 1) {
            throw refused("at most " + x.rank() + " indices and one ellipsis are required");
        }
        for (String item : items) {
            read(item, x.rank() - (int) named);
        }
        while (axis < x.rank()) {
            places.add(axis++);
        }
        Tensor cut = SliceOps.strided(x, starts, limits, strides);
        Tensor turned = reversed.isEmpty() ? cut : Ops.flip(cut, reversed.stream().mapToInt(each -> each).toArray());
        Shape shape = Shape.scalar();
        for (int place : places) {
            shape = place == REMOVED ? shape : shape.concat(Shape.of(place == NEW_AXIS ? 1 : cut.shape().dim(place)));
        }
        return ShapeOps.reshaped(turned, shape);
    }

    private List<String> items() {
        List<String> items = new ArrayList<>();
        for (String item : key.split(",")) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items;
    }

    private void read(String item, int unnamed) {
        if (isNew(item)) {
            places.add(NEW_AXIS);
        } else if (item.equals("...")) {
            for (int i = 0; i < unnamed; i++) {
                places.add(axis++);
            }
        } else if (item.contains(":")) {
            readRange(item.split(":", -1));
        } else {
            long length = limits[axis];
            long index = number(item, 0);
            if (index < -length || index >= length) {
                throw refused("an index from " + -length + " to " + (length - 1) + " is required on axis " + axis);
            }
            starts[axis] = Math.floorMod(index, length);
            limits[axis] = starts[axis] + 1;
            places.add(REMOVED);
            axis++;
        }
    }

    private void readRange(String[] parts) {
        long length = limits[axis];
        long step = parts.length > 2 ? number(parts[2], 1) : 1;
        if (parts.length > 3 || step == 0) {
            throw refused("start:stop:step with a step other than 0 is required");
        }
        long low;
        long high;
        if (step > 0) {
            low = Math.min(clamped(number(parts[0], 0), length), length);
            high = Math.max(low, Math.min(clamped(number(parts[1], length), length), length));
        } else {
            long last = parts[0].isBlank() ? length - 1 : Math.min(from(number(parts[0], 0), length), length - 1);
            long before = parts[1].isBlank() ? -1 : Math.max(from(number(parts[1], 0), length), -1);
            long count = last > before ? (last - before - step - 1) / -step : 0;
            low = count == 0 ? 0 : last + step * (count - 1);
            high = count == 0 ? 0 : last + 1;
            reversed.add(axis);
        }
        starts[axis] = low;
        limits[axis] = high;
        strides[axis] = Math.abs(step);
        places.add(axis);
        axis++;
    }

    private static long from(long index, long length) {
        return index < 0 ? index + length : index;
    }

    private static long clamped(long index, long length) {
        return Math.max(from(index, length), 0);
    }

    private long number(String text, long absent) {
        try {
            return text.isBlank() ? absent : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw refused("whole numbers, ranges start:stop:step, ... and None are required");
        }
    }

    private static boolean isNew(String item) {
        return item.equals("None") || item.equals("newaxis");
    }

    private IllegalArgumentException refused(String required) {
        return new IllegalArgumentException("getItem: " + required + ". Received: \"" + key + "\" for " + x.type()
                + ". Write it as in Python, such as \"..., 1:-1\".");
    }
}
