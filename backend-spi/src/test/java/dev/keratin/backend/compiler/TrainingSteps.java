package dev.keratin.backend.compiler;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Conv;
import dev.keratin.backend.ir.ConvInputGrad;
import dev.keratin.backend.ir.ConvKernelGrad;
import dev.keratin.backend.ir.ConvSpec;
import dev.keratin.backend.ir.Iota;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.UnaryKind;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Training steps written as a naive tracer writes them: broadcasts, full constants, transposes, many small nodes. */
final class TrainingSteps {
    private static final ConvSpec SAME = new ConvSpec(List.of(1, 1), List.of(1, 1), List.of(1, 1), List.of(1, 1), 1);

    private final Graph g = new Graph();
    private final Value rate = g.input();
    private final Value step = g.input();
    private final List<Value[]> gradients = new ArrayList<>();

    private TrainingSteps() {}

    /** Dense layers of equal width with relu, softmax crossentropy on the last, Adam. */
    static Program mlp(int layers, long batch, long width, boolean dropout) {
        return new TrainingSteps().buildMlp(layers, batch, width, dropout);
    }

    private Program buildMlp(int layers, long batch, long width, boolean dropout) {
        Value x = g.input(batch, width);
        Value labels = g.input(DType.INT32, batch);
        List<Value[]> saved = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            Value kernel = g.input(width, width);
            Value bias = g.input(width);
            Value before = g.add(g.matMul(x, kernel), g.broadcast(bias, batch, width));
            Value after = i == layers - 1 ? before : g.unary(UnaryKind.RELU, before);
            Value keep = dropout && i < layers - 1 ? keep(batch, width) : null;
            Value dropped = keep == null ? after : dropped(after, keep, batch, width);
            saved.add(keep == null ? new Value[] {x, kernel, bias, before} : new Value[] {x, kernel, bias, before, keep});
            x = dropped;
        }
        Value[] loss = crossentropy(x, labels, batch, width);
        Value gradient = loss[1];
        for (int i = layers - 1; i >= 0; i--) {
            Value[] layer = saved.get(i);
            if (i < layers - 1) {
                gradient = layer.length < 5 ? gradient : dropped(gradient, layer[4], batch, width);
                gradient = g.select(g.compare(CompareKind.GT, layer[3], g.full(0, batch, width)), gradient, g.full(0, batch, width));
            }
            gradients.add(new Value[] {layer[1], g.matMul(g.transpose(layer[0], 1, 0), gradient)});
            gradients.add(new Value[] {layer[2], g.sum(gradient, false, 0)});
            gradient = g.matMul(gradient, g.transpose(layer[1], 1, 0));
        }
        adam();
        return g.program(loss[0]);
    }

    private Value keep(long batch, long width) {
        Value state = g.input(DType.INT64, 2);
        Value bits = g.op(new RandomBits(Shape.of(batch, width)), state);
        return g.compare(CompareKind.GE, g.cast(DType.FLOAT32, bits), g.full(-0.6e9, batch, width));
    }

    private Value dropped(Value x, Value keep, long batch, long width) {
        return g.select(keep, g.mul(x, g.full(1.25, batch, width)), g.full(0, batch, width));
    }

    /** The mean loss and the gradient of the logits. */
    private Value[] crossentropy(Value logits, Value labels, long batch, long classes) {
        Value shifted = g.sub(logits, g.broadcast(g.max(logits, true, 1), batch, classes));
        Value exp = g.unary(UnaryKind.EXP, shifted);
        Value total = g.sum(exp, true, 1);
        Value logs = g.sub(shifted, g.broadcast(g.unary(UnaryKind.LOG, total), batch, classes));
        Value numbers = g.op(new Iota(TensorType.of(DType.INT32, batch, classes), 1));
        Value hot = g.compare(CompareKind.EQ, g.broadcast(g.reshape(labels, batch, 1), batch, classes), numbers);
        Value oneHot = g.cast(DType.FLOAT32, hot);
        Value losses = g.unary(UnaryKind.NEG, g.sum(g.mul(oneHot, logs), false, 1));
        Value mean = g.div(g.sum(losses, false, 0), g.number(batch));
        Value softmax = g.div(exp, g.broadcast(total, batch, classes));
        return new Value[] {mean, g.mul(g.sub(softmax, oneHot), g.full(1.0 / batch, batch, classes))};
    }

    private void adam() {
        Value next = g.add(step, g.number(1));
        Value correction = g.div(g.unary(UnaryKind.SQRT, g.sub(g.number(1), g.binary(BinaryKind.POW, g.number(0.999), next))),
                g.sub(g.number(1), g.binary(BinaryKind.POW, g.number(0.9), next)));
        Value alpha = g.mul(rate, correction);
        g.update(step, next);
        for (Value[] pair : gradients) {
            Value variable = pair[0];
            Value gradient = pair[1];
            long[] dims = variable.type().shape().dims();
            Value mean = g.input(dims);
            Value square = g.input(dims);
            Value newMean = g.add(mean, g.mul(g.sub(gradient, mean), g.full(0.1, dims)));
            Value newSquare = g.add(square, g.mul(g.sub(g.unary(UnaryKind.SQUARE, gradient), square), g.full(0.001, dims)));
            Value change = g.div(g.mul(g.broadcast(alpha, dims), newMean),
                    g.add(g.unary(UnaryKind.SQRT, newSquare), g.full(1e-7, dims)));
            g.update(mean, newMean);
            g.update(square, newSquare);
            g.update(variable, g.sub(variable, change));
        }
    }

    /** Convolutions with batch normalisation, relu and a skip, and the gradients of all weights by SGD. */
    static Program residualBlocks(int blocks, long batch, long size, long channels) {
        return new TrainingSteps().buildBlocks(blocks, batch, size, channels);
    }

    private Program buildBlocks(int blocks, long batch, long size, long channels) {
        long[] dims = {batch, size, size, channels};
        Value x = g.input(dims);
        Value target = g.input(dims);
        List<Block> saved = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            Block block = new Block(x, dims);
            saved.add(block);
            x = block.output;
        }
        Value error = g.sub(x, target);
        Value loss = g.sum(g.unary(UnaryKind.SQUARE, error), false, 0, 1, 2, 3);
        Value gradient = g.mul(error, g.full(2, dims));
        for (int i = blocks - 1; i >= 0; i--) {
            gradient = saved.get(i).backward(gradient);
        }
        gradients.forEach(pair -> g.update(pair[0], g.sub(pair[0], g.mul(pair[1], g.broadcast(rate, pair[0].type().shape().dims())))));
        return g.program(loss);
    }

    /** relu(x + bn(conv(x))). */
    private final class Block {
        private final long[] dims;
        private final long count;
        private final long channels;
        private final Value input;
        private final Value kernel;
        private final Value gamma;
        private final Value beta;
        private final Value scale;
        private final Value normal;
        private final Value sum;
        private final Value output;

        Block(Value input, long... dims) {
            this.dims = dims;
            this.input = input;
            this.channels = dims[3];
            this.count = dims[0] * dims[1] * dims[2];
            kernel = g.input(3, 3, channels, channels);
            gamma = g.input(channels);
            beta = g.input(channels);
            Value conv = g.op(new Conv(SAME), input, kernel);
            Value mean = g.div(g.sum(conv, true, 0, 1, 2), g.full(count, 1, 1, 1, channels));
            Value centred = g.sub(conv, wide(mean));
            Value variance = g.div(g.sum(g.unary(UnaryKind.SQUARE, centred), true, 0, 1, 2), g.full(count, 1, 1, 1, channels));
            scale = g.unary(UnaryKind.RSQRT, g.add(variance, g.full(1e-3, 1, 1, 1, channels)));
            normal = g.mul(centred, wide(scale));
            sum = g.add(input, g.add(g.mul(normal, wide(gamma)), wide(beta)));
            output = g.unary(UnaryKind.RELU, sum);
        }

        private Value wide(Value x) {
            return g.broadcast(x, dims);
        }

        Value backward(Value gradient) {
            Value d = g.select(g.compare(CompareKind.GT, sum, g.full(0, dims)), gradient, g.full(0, dims));
            Value dBeta = g.sum(d, false, 0, 1, 2);
            Value dGamma = g.sum(g.mul(d, normal), false, 0, 1, 2);
            Value n = g.number(count);
            Value inner = g.sub(g.sub(d, wide(g.div(dBeta, n))), g.mul(normal, wide(g.div(dGamma, n))));
            Value dConv = g.mul(inner, g.mul(wide(scale), wide(gamma)));
            gradients.add(new Value[] {kernel, g.op(new ConvKernelGrad(SAME, kernel.type().shape()), input, dConv)});
            gradients.add(new Value[] {gamma, dGamma});
            gradients.add(new Value[] {beta, dBeta});
            Value dInput = g.op(new ConvInputGrad(SAME, Shape.of(dims)), dConv, kernel);
            return g.add(d, dInput);
        }
    }

    /** Layer normalisation over the last axis with its gradient. */
    static Program layerNormalisation(long batch, long width) {
        Graph g = new Graph();
        Value x = g.input(batch, width);
        Value gradient = g.input(batch, width);
        Value gamma = g.input(width);
        Value mean = g.div(g.sum(x, true, 1), g.full(width, batch, 1));
        Value centred = g.sub(x, g.broadcast(mean, batch, width));
        Value variance = g.div(g.sum(g.unary(UnaryKind.SQUARE, centred), true, 1), g.full(width, batch, 1));
        Value scale = g.unary(UnaryKind.RSQRT, g.add(variance, g.full(1e-3, batch, 1)));
        Value normal = g.mul(centred, g.broadcast(scale, batch, width));
        Value output = g.mul(normal, g.broadcast(gamma, batch, width));
        Value dNormal = g.mul(gradient, g.broadcast(gamma, batch, width));
        Value a = g.div(g.sum(dNormal, true, 1), g.full(width, batch, 1));
        Value b = g.div(g.sum(g.mul(dNormal, normal), true, 1), g.full(width, batch, 1));
        Value inner = g.sub(g.sub(dNormal, g.broadcast(a, batch, width)), g.mul(normal, g.broadcast(b, batch, width)));
        Value dx = g.mul(inner, g.broadcast(scale, batch, width));
        Value dGamma = g.sum(g.mul(gradient, normal), false, 0);
        return g.program(output, dx, dGamma, g.sum(gradient, false, 0));
    }
}
