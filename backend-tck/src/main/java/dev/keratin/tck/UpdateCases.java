package dev.keratin.tck;

import dev.keratin.backend.DType;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.function.Consumer;

/** Programs that overwrite their parameters, which they always read as they were at the start. */
final class UpdateCases {
    private UpdateCases() {}

    static Family family() {
        Family family = new Family("updates");
        add(family, "swap of two parameters", sketch -> {
            Value a = sketch.normal(1023);
            Value b = sketch.normal(1023);
            sketch.update(a, b);
            sketch.update(b, a);
        });
        add(family, "rotation of three parameters", sketch -> {
            Value a = sketch.normal(17);
            Value b = sketch.normal(17);
            Value c = sketch.normal(17);
            sketch.update(a, b);
            sketch.update(b, c);
            sketch.update(c, a);
            sketch.result(a, c);
        });
        add(family, "a parameter set to another one", sketch -> sketch.update(sketch.normal(5), sketch.normal(5)));
        add(family, "a parameter set to itself", sketch -> {
            Value a = sketch.normal(5);
            sketch.update(a, a);
            sketch.result(a);
        });
        add(family, "two parameters set to one value", sketch -> {
            Value a = sketch.normal(5);
            Value b = sketch.normal(5);
            Value sum = sketch.plus(a, b);
            sketch.update(a, sum);
            sketch.update(b, sum);
            sketch.result(sum);
        });
        add(family, "two parameters made of each other", sketch -> {
            Value a = sketch.normal(129);
            Value b = sketch.normal(129);
            sketch.update(a, sketch.plus(a, b));
            sketch.update(b, sketch.minus(a, b));
        });
        add(family, "a parameter set to a constant", sketch -> {
            Value a = sketch.normal(3, 4);
            sketch.update(a, sketch.broadcast(sketch.constant(a, 2.5), 3, 4));
            sketch.result(sketch.times(a, 2));
        });
        readers(family);
        inPlace(family);
        steps(family);
        return family;
    }

    private static void add(Family family, String name, Consumer<Sketch> script) {
        family.program(name, Tolerance.PROGRAM, script);
    }

    private static void readers(Family family) {
        add(family, "a parameter read after its new value is known", sketch -> {
            Value a = sketch.normal(200);
            Value next = sketch.plus(a, 1);
            sketch.update(a, next);
            Value sum = sketch.reduced(ReduceKind.SUM, next, 0);
            sketch.result(sketch.times(a, 2), next, sketch.times(a, sum), a);
        });
        add(family, "a parameter whose transposed view is read", sketch -> {
            Value a = sketch.normal(9, 9);
            Value view = sketch.transpose(a, 1, 0);
            sketch.update(a, sketch.times(a, 2));
            sketch.result(sketch.plus(view, 1), sketch.reshape(a, 81));
        });
        add(family, "a counter and what it was", sketch -> {
            Value n = sketch.parameter(DType.INT64, Values.byPlace(i -> Long.MAX_VALUE));
            sketch.update(n, sketch.plus(n, 1));
            sketch.result(n, sketch.cast(n, DType.INT32));
        });
    }

    private static void inPlace(Family family) {
        add(family, "a matrix set to its transpose", sketch -> {
            Value a = sketch.normal(33, 33);
            sketch.update(a, sketch.transpose(a, 1, 0));
        });
        add(family, "a vector set to its reverse", sketch -> {
            Value a = sketch.normal(1023);
            sketch.update(a, sketch.add(new Reverse(List.of(0)), a));
        });
        add(family, "a vector permuted", sketch -> {
            Value a = sketch.normal(50);
            sketch.update(a, sketch.add(new Gather(0), a, sketch.parameter(DType.INT32, Values.below(50), 50)));
        });
        add(family, "a vector plus its reverse", sketch -> {
            Value a = sketch.normal(50);
            sketch.update(a, sketch.plus(a, sketch.add(new Reverse(List.of(0)), a)));
        });
        add(family, "a matrix plus a row of itself", sketch -> {
            Value a = sketch.normal(6, 6);
            Value row = sketch.reduced(ReduceKind.SUM, a, 0);
            sketch.update(a, sketch.plus(a, row));
        });
        add(family, "a matrix set to its square", sketch -> {
            Value a = sketch.parameter(DType.FLOAT32, Values.UNIT, 20, 20);
            sketch.update(a, sketch.matMul(a, a));
        });
        add(family, "running sums from the end", sketch -> {
            Value a = sketch.parameter(DType.FLOAT32, Values.UNIT, 5, 40);
            sketch.update(a, sketch.add(new Cumulative(CumulativeKind.SUM, 1, true), a));
        });
        add(family, "a scatter into itself", sketch -> {
            Value a = sketch.normal(50);
            Value indices = sketch.parameter(DType.INT32, Values.below(50), 50);
            sketch.update(a, sketch.add(new ScatterElements(0, ScatterKind.ADD), a, indices, a));
        });
        add(family, "softmax in place", sketch -> {
            Value a = sketch.normal(7, 33);
            sketch.update(a, ProgramCases.softmax(sketch, a, 1));
        });
    }

    private static void steps(Family family) {
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            add(family, "adam step of " + type, sketch -> adam(sketch, type));
            add(family, "convolutional step of " + type, sketch -> convolution(sketch, type));
            add(family, "training step of " + type, sketch -> training(sketch, type));
        }
    }

    /** Convolution, bias, ReLU, max pooling, a sum of squares as the loss, and the gradients down to the kernel. */
    private static void convolution(Sketch sketch, DType type) {
        ConvSpec conv = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), 1);
        PoolSpec pool = new PoolSpec(List.of(2, 2), List.of(2, 2), List.of(0, 0), List.of(0, 0));
        Value x = sketch.parameter(type, Values.UNIT, 4, 8, 8, 3);
        Value kernel = sketch.parameter(type, Values.uniform(-0.3, 0.3), 3, 3, 3, 16);
        Value bias = sketch.parameter(type, Values.UNIT, 16);
        Value sum = sketch.plus(sketch.add(new Conv(conv), x, kernel), bias);
        Value active = sketch.unary(UnaryKind.RELU, sum);
        Value pooled = sketch.add(new Pool(PoolKind.MAX, pool), active);
        Value dActive = sketch.add(new PoolGrad(PoolKind.MAX, pool), active, sketch.times(pooled, 1.0 / 1024));
        Value positive = sketch.compare(CompareKind.GT, sum, sketch.constant(sum, 0));
        Value dSum = sketch.select(positive, dActive, sketch.constant(sum, 0));
        descend(sketch, kernel, sketch.add(new ConvKernelGrad(conv, kernel.type().shape()), x, dSum));
        descend(sketch, bias, sketch.reduced(ReduceKind.SUM, dSum, 0, 1, 2));
        sketch.result(sketch.add(new ConvInputGrad(conv, x.type().shape()), dSum, kernel), pooled);
    }

    private static void adam(Sketch sketch, DType type) {
        Value gradient = sketch.parameter(type, Values.UNIT, 37, 29);
        Value w = sketch.parameter(type, Values.UNIT, 37, 29);
        Value m = sketch.parameter(type, Values.UNIT, 37, 29);
        Value v = sketch.parameter(type, Values.uniform(0.1, 1), 37, 29);
        Value step = sketch.parameter(DType.INT64, Values.of(9));
        Value next = sketch.plus(step, 1);
        Value count = sketch.cast(next, type);
        Value lr = sketch.times(sketch.unary(UnaryKind.EXP, sketch.times(count, -0.01)), 0.05);
        Value newM = sketch.plus(m, sketch.times(sketch.minus(gradient, m), 0.1));
        Value newV = sketch.plus(v, sketch.times(sketch.minus(sketch.unary(UnaryKind.SQUARE, gradient), v), 0.001));
        Value change = sketch.over(sketch.times(newM, lr), sketch.plus(sketch.unary(UnaryKind.SQRT, newV), 1e-7));
        sketch.update(w, sketch.minus(w, change));
        sketch.update(m, newM);
        sketch.update(v, newV);
        sketch.update(step, next);
    }

    /** A two-layer perceptron, mean squared error, one step of gradient descent. */
    private static void training(Sketch sketch, DType type) {
        Value x = sketch.parameter(type, Values.UNIT, 8, 12);
        Value y = sketch.parameter(type, Values.UNIT, 8, 3);
        Value w1 = sketch.parameter(type, Values.uniform(-0.3, 0.3), 12, 20);
        Value b1 = sketch.parameter(type, Values.UNIT, 20);
        Value w2 = sketch.parameter(type, Values.uniform(-0.3, 0.3), 20, 3);
        Value hidden = sketch.unary(UnaryKind.TANH, sketch.plus(sketch.matMul(x, w1), b1));
        Value error = sketch.minus(sketch.matMul(hidden, w2), y);
        Value loss = sketch.times(sketch.reduced(ReduceKind.SUM, sketch.unary(UnaryKind.SQUARE, error), 0, 1), 1 / 24.0);
        Value dError = sketch.times(error, 2 / 24.0);
        Value dHidden = sketch.add(new MatMul(false, true), dError, w2);
        Value slope = sketch.plus(sketch.times(sketch.unary(UnaryKind.SQUARE, hidden), -1), 1);
        Value dSum = sketch.times(dHidden, slope);
        descend(sketch, w1, sketch.add(new MatMul(true, false), x, dSum));
        descend(sketch, b1, sketch.reduced(ReduceKind.SUM, dSum, 0));
        descend(sketch, w2, sketch.add(new MatMul(true, false), hidden, dError));
        sketch.result(loss);
    }

    private static void descend(Sketch sketch, Value weight, Value gradient) {
        sketch.update(weight, sketch.minus(weight, sketch.times(gradient, 0.1)));
    }
}
