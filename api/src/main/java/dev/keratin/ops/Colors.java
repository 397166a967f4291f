package dev.keratin.ops;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.List;

/** Conversions of colours, channel by channel. */
final class Colors {
    private Colors() {}

    static Tensor rgbToHsv(List<Tensor> rgb) {
        Tensor r = rgb.get(0);
        Tensor g = rgb.get(1);
        Tensor b = rgb.get(2);
        Tensor value = Ops.maximum(Ops.maximum(r, g), b);
        Tensor range = Ops.subtract(value, Ops.minimum(Ops.minimum(r, g), b));
        Tensor saturation = Ops.where(Ops.greater(value, 0), Ops.divideNoNan(range, value), 0);
        Tensor sixth = Ops.divideNoNan(Ops.multiply(Ops.onesLike(range), 1.0 / 6), range);
        Tensor hue = Ops.where(Ops.equal(r, value), Ops.multiply(sixth, Ops.subtract(g, b)),
                Ops.where(Ops.equal(g, value), Ops.add(Ops.multiply(sixth, Ops.subtract(b, r)), 2.0 / 6),
                        Ops.add(Ops.multiply(sixth, Ops.subtract(r, g)), 4.0 / 6)));
        Tensor coloured = Ops.where(Ops.greater(range, 0), hue, 0);
        return Ops.stack(List.of(Ops.where(Ops.less(coloured, 0), Ops.add(coloured, 1), coloured), saturation, value), 3);
    }

    static Tensor hsvToRgb(List<Tensor> hsv) {
        Tensor sixths = Ops.multiply(hsv.get(0), 6);
        Tensor red = Ops.subtract(distance(sixths, 3), 1);
        Tensor green = Ops.subtract(2, distance(sixths, 2));
        Tensor blue = Ops.subtract(2, distance(sixths, 4));
        return Ops.stack(List.of(mixed(red, hsv), mixed(green, hsv), mixed(blue, hsv)), 3);
    }

    private static Tensor distance(Tensor sixths, double from) {
        return Ops.abs(Ops.subtract(sixths, from));
    }

    private static Tensor mixed(Tensor pure, List<Tensor> hsv) {
        Tensor part = Ops.multiply(hsv.get(1), Ops.clip(pure, 0, 1));
        return Ops.multiply(Ops.add(Ops.subtract(1, hsv.get(1)), part), hsv.get(2));
    }
}
