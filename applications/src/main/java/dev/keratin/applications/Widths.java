package dev.keratin.applications;

import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import java.util.List;

/** Numbers of filters and lengths of paddings, as the mobile architectures round them. */
final class Widths {
    private static final int DIVISOR = 8;

    private Widths() {}

    /** The multiple of 8 nearest to a width, at least 8, and not below 0.9 of the width. */
    static int divisible(double width) {
        int rounded = Math.max(DIVISOR, (int) (width + DIVISOR / 2.0) / DIVISOR * DIVISOR);
        return rounded < 0.9 * width ? rounded + DIVISOR : rounded;
    }

    /** What is padded before a "valid" window of stride 2, so that it sees what "same" padding shows it in PyTorch. */
    static int[][] paddingBeforeStride2(Tensor image, int kernelSize) {
        int half = kernelSize / 2;
        int[][] padding = new int[2][];
        for (int i = 0; i < 2; i++) {
            long length = image.shape().dim(i + 1);
            int odd = image.shape().dim(1) == Shape.UNKNOWN ? 1 : (int) (1 - length % 2);
            padding[i] = new int[] {half - odd, half};
        }
        return padding;
    }

    /** The height of an image in a model's name; that Keras writes for an unknown one. */
    static String rows(Tensor image) {
        long rows = image.shape().dim(1);
        return rows == Shape.UNKNOWN ? "None" : Long.toString(rows);
    }

    /** The height and width of the images that published weights were trained on: those of the image, or 224. */
    static long trained(Tensor image, Long... published) {
        long rows = image.shape().dim(1);
        return rows == image.shape().dim(2) && List.of(published).contains(rows) ? rows : 224;
    }

    static double positive(String who, String what, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(who + ": a positive " + what + " is required. Received: " + value
                    + ". Use 1 for the standard width.");
        }
        return value;
    }
}
