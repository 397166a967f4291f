package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.GatherNd;
import java.util.ArrayList;
import java.util.List;

/** Reads images at places between pixels. */
final class Sampling {
    private static final List<String> MODES = List.of("constant", "nearest", "wrap", "mirror", "reflect");

    private Sampling() {}

    /**
     * Images [batch, height, width, channels] moved by projective transforms: pixel (x, y) of the result is read at ((a0 x
     * + a1 y + a2) / k, (b0 x + b1 y + b2) / k), k = c0 x + c1 y + 1.
     *
     * @param transforms (a0, a1, a2, b0, b1, b2, c0, c1) for each image or for all
     */
    static Tensor projected(Tensor images, Tensor transforms, TransformOptions options) {
        Shape shape = images.shape();
        long height = shape.dim(1);
        long width = shape.dim(2);
        DType computed = computed(images);
        Tensor x = Ops.reshape(Ops.cast(Ops.arange(width), computed), 1, 1, width);
        Tensor y = Ops.reshape(Ops.cast(Ops.arange(height), computed), 1, height, 1);
        List<Tensor> t = Ops.unstack(Ops.expandDims(Ops.cast(transforms, computed), 2, 3), 1);
        Tensor divisor = Ops.add(plane(t.get(6), t.get(7), x, y), 1);
        Tensor beyond = Ops.equal(divisor, 0);
        Tensor safe = Ops.where(beyond, 1, divisor);
        Tensor atX = Ops.divide(Ops.add(plane(t.get(0), t.get(1), x, y), t.get(2)), safe);
        Tensor atY = Ops.divide(Ops.add(plane(t.get(3), t.get(4), x, y), t.get(5)), safe);
        Shape grid = Shape.of(shape.dim(0), height, width);
        Tensor column = Ops.broadcastTo(moved(atX, width, options.fillMode()), grid);
        Tensor row = Ops.broadcastTo(moved(atY, height, options.fillMode()), grid);
        Tensor read = options.interpolation().equals("nearest")
                ? pixels(images, halfAway(row), halfAway(column), options.fillValue())
                : blended(images, row, column, options.fillValue());
        Tensor filled = Ops.where(Ops.expandDims(Ops.broadcastTo(beyond, grid), 3), Ops.fullLike(read, options.fillValue()), read);
        return Ops.cast(filled, images.dtype());
    }

    /** A tensor of any rank read at coordinates [rank, ...]; order 0 is the nearest element, 1 is linear. */
    static Tensor coordinates(Tensor x, Tensor coordinates, int order, String fillMode, double fillValue) {
        if (!MODES.contains(fillMode) || order < 0 || order > 1 || coordinates.rank() < 2
                || coordinates.shape().dim(0) != x.rank()) {
            throw new IllegalArgumentException("mapCoordinates: coordinates [rank, ...], an order 0 or 1 and a fill mode of "
                    + MODES + " are required. Received: coordinates=" + coordinates.type() + " for " + x.type() + ", order=" + order
                    + ", fillMode=\"" + fillMode + "\". Stack one tensor of coordinates for each axis.");
        }
        DType computed = x.dtype().isFloating() ? x.dtype() : DType.FLOAT32;
        List<Tensor> places = Ops.unstack(Ops.cast(coordinates, computed), 0);
        Tensor sum = null;
        for (int corner = 0; corner < (order == 0 ? 1 : 1 << x.rank()); corner++) {
            Tensor part = corner(x, places, corner, order, fillMode, fillValue);
            sum = sum == null ? part : Ops.add(sum, part);
        }
        Tensor result = sum == null ? x : sum;
        return Ops.cast(x.dtype().isFloating() ? result : Ops.round(result), x.dtype());
    }

    private static Tensor corner(Tensor x, List<Tensor> places, int corner, int order, String fillMode, double fillValue) {
        List<Tensor> indices = new ArrayList<>();
        Tensor weight = Ops.onesLike(places.get(0));
        Tensor valid = Ops.greaterEqual(weight, 0);
        for (int axis = 0; axis < places.size(); axis++) {
            Tensor below = order == 0 ? Ops.round(places.get(axis)) : Ops.floor(places.get(axis));
            Tensor above = Ops.subtract(places.get(axis), below);
            boolean upper = (corner >> axis & 1) == 1;
            Tensor index = Ops.cast(upper ? Ops.add(below, 1) : below, DType.INT32);
            long length = x.shape().dim(axis);
            weight = order == 0 ? weight : Ops.multiply(weight, upper ? above : Ops.subtract(1, above));
            valid = Ops.logicalAnd(valid, Ops.logicalAnd(Ops.greaterEqual(index, 0), Ops.less(index, length)));
            indices.add(folded(index, length, fillMode));
        }
        Tensor read = Ops.cast(Ops.apply(new GatherNd(), x, Ops.stack(indices, -1)), weight.dtype());
        return Ops.multiply(weight, fillMode.equals("constant") ? Ops.where(valid, read, fillValue) : read);
    }

    /** Whole coordinates brought into the range of an axis. */
    private static Tensor folded(Tensor index, long length, String fillMode) {
        switch (fillMode) {
            case "wrap":
                return Ops.mod(index, length);
            case "mirror":
            case "reflect":
                Tensor place = Ops.mod(Ops.abs(index), 2 * length);
                Tensor turned = Ops.subtract(2 * length - (fillMode.equals("reflect") ? 1 : 0), place);
                return Ops.clip(Ops.where(Ops.less(place, length), place, turned), 0, length - 1);
            default:
                return Ops.clip(index, 0, length - 1);
        }
    }

    private static Tensor plane(Tensor a, Tensor b, Tensor x, Tensor y) {
        return Ops.add(Ops.multiply(a, x), Ops.multiply(b, y));
    }

    /** Coordinates brought into the range of an axis, as TensorFlow's projective transform does it. */
    private static Tensor moved(Tensor place, long length, String fillMode) {
        switch (fillMode) {
            case "constant":
                return place;
            case "nearest":
                return Ops.clip(place, 0, length - 1);
            case "wrap":
                double span = Math.max(length - 1, 1);
                Tensor low = Ops.add(place, Ops.multiply(Ops.add(Ops.trunc(Ops.divide(Ops.negative(place), span)), 1), length));
                Tensor high = Ops.subtract(place, Ops.multiply(Ops.trunc(Ops.divide(place, span)), length));
                Tensor wrapped = Ops.where(Ops.less(place, 0), low, Ops.where(Ops.greater(place, length - 1), high, place));
                return Ops.clip(wrapped, 0, length - 1);
            default:
                Tensor inPeriod = Ops.mod(place, 2 * length);
                Tensor turned = Ops.subtract(2 * length - 1, inPeriod);
                return Ops.clip(Ops.where(Ops.greaterEqual(inPeriod, length), turned, inPeriod), 0, length - 1);
        }
    }

    /** The nearest whole number, ties away from 0. */
    private static Tensor halfAway(Tensor x) {
        return Ops.trunc(Ops.add(x, Ops.multiply(Ops.sign(x), 0.5)));
    }

    private static Tensor blended(Tensor images, Tensor row, Tensor column, double fillValue) {
        Tensor top = Ops.floor(row);
        Tensor left = Ops.floor(column);
        Tensor down = Ops.expandDims(Ops.subtract(row, top), 3);
        Tensor right = Ops.expandDims(Ops.subtract(column, left), 3);
        Tensor above = mixed(pixels(images, top, left, fillValue), pixels(images, top, Ops.add(left, 1), fillValue), right);
        Tensor below = mixed(pixels(images, Ops.add(top, 1), left, fillValue),
                pixels(images, Ops.add(top, 1), Ops.add(left, 1), fillValue), right);
        return mixed(above, below, down);
    }

    private static Tensor mixed(Tensor a, Tensor b, Tensor part) {
        return Ops.add(Ops.multiply(a, Ops.subtract(1, part)), Ops.multiply(b, part));
    }

    private static DType computed(Tensor images) {
        return images.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    }

    /** The pixels at whole coordinates, at least as float32; the fill value outside. */
    private static Tensor pixels(Tensor images, Tensor row, Tensor column, double fillValue) {
        long height = images.shape().dim(1);
        long width = images.shape().dim(2);
        Tensor inside = Ops.logicalAnd(
                Ops.logicalAnd(Ops.greaterEqual(row, 0), Ops.lessEqual(row, height - 1)),
                Ops.logicalAnd(Ops.greaterEqual(column, 0), Ops.lessEqual(column, width - 1)));
        Tensor y = Ops.cast(Ops.clip(row, 0, height - 1), DType.INT32);
        Tensor x = Ops.cast(Ops.clip(column, 0, width - 1), DType.INT32);
        Tensor image = Ops.broadcastTo(Ops.reshape(Ops.arange(images.shape().dim(0)), -1, 1, 1), y.shape());
        Tensor read = Ops.apply(new GatherNd(), images, Ops.stack(List.of(image, y, x), 3));
        return Ops.where(Ops.expandDims(inside, 3), Ops.cast(read, computed(images)), fillValue);
    }
}
