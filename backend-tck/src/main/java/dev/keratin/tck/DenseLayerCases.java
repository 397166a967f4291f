package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;

/** Two dense layers and all gradients of their weights, whose products a backend may fuse with biases and activations. */
final class DenseLayerCases {
    /** Sums over up to 40 products, of sums of as many. */
    private static final Tolerance LAYERS = new Tolerance(256, 256, false);

    /** What the first layer's sums go through. */
    private enum Activation {
        NONE, RELU, GELU
    }

    /** Lengths and variants. */
    private record Layers(DType type, Activation activation, long rows, long in, long hidden, long out, boolean training) {
        Tolerance tolerance() {
            return type == DType.FLOAT16 || type == DType.BFLOAT16 ? Tolerance.NARROW_PROGRAM : LAYERS;
        }

        String name() {
            return "dense layers of " + type + " with " + activation + ", " + rows + " rows, lengths " + in + ", " + hidden + ", " + out
                    + (training ? "" : ", predicting");
        }
    }

    private DenseLayerCases() {}

    static Family family() {
        Family family = new Family("dense layers");
        for (DType type : Types.floating()) {
            for (Activation activation : Activation.values()) {
                add(family, new Layers(type, activation, 6, 24, 16, 8, true));
                add(family, new Layers(type, activation, 5, 7, 9, 3, true));
                add(family, new Layers(type, activation, 5, 8, 32, 3, false));
            }
        }
        for (long[] size : new long[][] {{1, 8, 8, 8}, {7, 1, 8, 1}, {3, 8, 1, 8}, {40, 40, 40, 16}, {0, 4, 8, 4}}) {
            add(family, new Layers(DType.FLOAT32, Activation.GELU, size[0], size[1], size[2], size[3], true));
        }
        return family;
    }

    private static void add(Family family, Layers layers) {
        family.program(layers.name(), layers.tolerance(), sketch -> new Script(sketch, layers).write());
    }

    /** A program being written. */
    private static final class Script {
        private final Sketch sketch;
        private final Layers layers;
        private final Value x;
        private final Value sums;
        private final Value hidden;

        Script(Sketch sketch, Layers layers) {
            this.sketch = sketch;
            this.layers = layers;
            this.x = sketch.parameter(layers.type(), Values.UNIT, layers.rows(), layers.in());
            this.sums = layer(x, layers.in(), layers.hidden());
            this.hidden = switch (layers.activation()) {
                case NONE -> sums;
                case RELU -> sketch.unary(UnaryKind.RELU, sums);
                case GELU -> sketch.times(sketch.times(sums, 0.5), sketch.plus(bend(), 1));
            };
        }

        private Value layer(Value input, long in, long out) {
            Value weights = sketch.parameter(layers.type(), Values.uniform(-0.5, 0.5), in, out);
            return sketch.plus(sketch.matMul(input, weights), sketch.parameter(layers.type(), Values.UNIT, out));
        }

        /** tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)). */
        private Value bend() {
            Value cube = sketch.times(sketch.unary(UnaryKind.SQUARE, sums), sums);
            return sketch.unary(UnaryKind.TANH, sketch.times(sketch.plus(sums, sketch.times(cube, 0.044715)), Math.sqrt(2 / Math.PI)));
        }

        void write() {
            if (!layers.training()) {
                sketch.result(layer(hidden, layers.hidden(), layers.out()));
                return;
            }
            Value weights = sketch.parameter(layers.type(), Values.uniform(-0.5, 0.5), layers.hidden(), layers.out());
            Value gradient = sketch.parameter(layers.type(), Values.UNIT, layers.rows(), layers.out());
            Value ofSums = ofSums(sketch.add(new MatMul(false, true), gradient, weights));
            sketch.result(hidden, sketch.add(new MatMul(true, false), hidden, gradient), sketch.reduced(ReduceKind.SUM, gradient, 0),
                    sketch.add(new MatMul(true, false), x, ofSums), sketch.reduced(ReduceKind.SUM, ofSums, 0));
        }

        private Value ofSums(Value gradient) {
            return switch (layers.activation()) {
                case NONE -> gradient;
                case RELU -> sketch.select(sketch.compare(CompareKind.GT, hidden, sketch.constant(hidden, 0)), gradient,
                        sketch.constant(gradient, 0));
                case GELU -> sketch.times(gradient, slope());
            };
        }

        /** With t for {@link #bend}: (1 + t) / 2 + x / 2 * (1 - t^2) * sqrt(2 / pi) * (1 + 3 * 0.044715 * x^2). */
        private Value slope() {
            Value bend = bend();
            Value ofBend = sketch.plus(sketch.times(sketch.unary(UnaryKind.SQUARE, bend), -1), 1);
            Value inner = sketch.plus(sketch.times(sketch.unary(UnaryKind.SQUARE, sums), 3 * 0.044715), 1);
            Value second = sketch.times(sketch.times(sketch.times(sums, 0.5 * Math.sqrt(2 / Math.PI)), ofBend), inner);
            return sketch.plus(sketch.times(sketch.plus(bend, 1), 0.5), second);
        }
    }
}
