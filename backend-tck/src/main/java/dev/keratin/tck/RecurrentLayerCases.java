package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Value;
import java.util.List;

/** LSTM and GRU as layers use them, which backends may compute as a whole: with the product before and the gradients after. */
final class RecurrentLayerCases {
    /** States are fed back many times, and the gradients of weights are sums over all steps. */
    private static final Tolerance LAYER = new Tolerance(256, 256, false);

    /**
     * Lengths and variants.
     *
     * @param biased whether a bias is added to the product with the input
     * @param states whether the sequence begins with given states and c at its end is used
     * @param training whether there are gradients
     */
    private record Layer(DType type, long batch, long time, long features, long units, boolean biased, boolean states, boolean training) {
        Tolerance tolerance() {
            return type == DType.FLOAT16 || type == DType.BFLOAT16 ? Tolerance.NARROW_PROGRAM : LAYER;
        }

        String name() {
            return " layer of " + type + " batch " + batch + " time " + time + " features " + features + " units " + units
                    + (biased ? "" : " without bias") + (states ? " with states" : "") + (training ? "" : " predicting");
        }
    }

    private RecurrentLayerCases() {}

    static Family family() {
        Family family = new Family("recurrent layer");
        for (DType type : Types.floating()) {
            both(family, new Layer(type, 2, 5, 4, 3, true, true, true));
        }
        for (boolean biased : new boolean[] {true, false}) {
            for (boolean states : new boolean[] {true, false}) {
                for (boolean training : new boolean[] {true, false}) {
                    both(family, new Layer(DType.FLOAT32, 3, 7, 5, 6, biased, states, training));
                }
            }
        }
        both(family, new Layer(DType.FLOAT32, 1, 6, 5, 4, true, true, false));
        for (long[] size : new long[][] {{1, 1, 1, 1}, {3, 4, 1, 5}, {3, 4, 5, 1}, {3, 1, 5, 17}, {3, 17, 9, 16}, {0, 3, 2, 2}, {2, 3, 2, 0}}) {
            both(family, new Layer(DType.FLOAT32, size[0], size[1], size[2], size[3], true, true, true));
        }
        return family;
    }

    private static void both(Family family, Layer layer) {
        family.program("lstm" + layer.name(), layer.tolerance(), sketch -> new Script(sketch, layer, 4).lstm());
        family.program("gru" + layer.name(), layer.tolerance(), sketch -> new Script(sketch, layer, 3).gru());
    }

    /** A program being written. */
    private static final class Script {
        private final Sketch sketch;
        private final Layer layer;
        private final Value input;
        private final Value kernel;
        private final Value recurrent;
        private final Value projected;
        private final Value h0;

        Script(Sketch sketch, Layer layer, int gates) {
            this.sketch = sketch;
            this.layer = layer;
            long width = gates * layer.units();
            Value sequences = sketch.parameter(layer.type(), Values.NORMAL, layer.batch(), layer.time(), layer.features());
            input = sketch.reshape(sequences, layer.batch() * layer.time(), layer.features());
            kernel = sketch.parameter(layer.type(), Values.uniform(-0.3, 0.3), layer.features(), width);
            recurrent = sketch.parameter(layer.type(), Values.uniform(-0.3, 0.3), layer.units(), width);
            Value product = sketch.matMul(input, kernel);
            Value sums = layer.biased() ? sketch.plus(product, sketch.parameter(layer.type(), Values.UNIT, width)) : product;
            projected = sketch.reshape(sums, layer.batch(), layer.time(), width);
            h0 = state();
        }

        private Value state() {
            return layer.states() ? sketch.parameter(layer.type(), Values.UNIT, layer.batch(), layer.units())
                    : sketch.broadcast(sketch.constant(input, 0), layer.batch(), layer.units());
        }

        private Value output() {
            return sketch.parameter(layer.type(), Values.UNIT, layer.batch(), layer.time(), layer.units());
        }

        private Value steps(Value sequences, long from, long to) {
            return sketch.add(new Slice(List.of(0L, from, 0L), List.of(layer.batch(), to, layer.units()), List.of(1L, 1L, 1L)), sequences);
        }

        void lstm() {
            Value c0 = state();
            List<Value> out = sketch.addAll(new LstmSequence(false), List.of(projected, h0, c0, recurrent));
            sketch.result(out.get(0));
            if (layer.states()) {
                sketch.result(steps(out.get(1), layer.time() - 1, layer.time()));
            }
            if (layer.training()) {
                List<Value> grads = sketch.addAll(new LstmSequenceGrad(false), List.of(h0, c0, recurrent, out.get(0), out.get(1), out.get(2),
                        output(), gradientOfC()));
                Value dz = rows(grads.get(0));
                gradients(out.get(0), dz, dz);
                sketch.result(grads.get(1), grads.get(2));
            }
        }

        private Value gradientOfC() {
            Value zero = sketch.constant(input, 0);
            if (!layer.states()) {
                return sketch.broadcast(zero, layer.batch(), layer.time(), layer.units());
            }
            Value last = sketch.parameter(layer.type(), Values.UNIT, layer.batch(), 1, layer.units());
            return sketch.add(new Pad(List.of(0L, layer.time() - 1, 0L), List.of(0L, 0L, 0L), List.of(0L, 0L, 0L)), last, zero);
        }

        void gru() {
            Value bias = sketch.parameter(layer.type(), Values.UNIT, 3 * layer.units());
            List<Value> out = sketch.addAll(new GruSequence(false), List.of(projected, h0, recurrent, bias));
            sketch.result(out.get(0));
            if (layer.training()) {
                List<Value> grads = sketch.addAll(new GruSequenceGrad(false), List.of(h0, recurrent, out.get(0), out.get(1), output()));
                gradients(out.get(0), rows(grads.get(0)), rows(grads.get(1)));
                sketch.result(sketch.reduced(ReduceKind.SUM, grads.get(1), 0, 1), grads.get(2));
            }
        }

        private Value rows(Value sequences) {
            return sketch.reshape(sequences, layer.batch() * layer.time(), sequences.type().shape().dim(2));
        }

        /** Of input, kernel, recurrent kernel and bias. */
        private void gradients(Value h, Value dz, Value ofStates) {
            Value first = sketch.reshape(h0, layer.batch(), 1, layer.units());
            Value before = rows(sketch.add(new Concat(1), first, steps(h, 0, layer.time() - 1)));
            sketch.result(sketch.reshape(sketch.add(new MatMul(false, true), dz, kernel), layer.batch(), layer.time(), layer.features()),
                    sketch.add(new MatMul(true, false), input, dz), sketch.add(new MatMul(true, false), before, ofStates));
            if (layer.biased()) {
                sketch.result(sketch.reduced(ReduceKind.SUM, dz, 0));
            }
        }
    }
}
