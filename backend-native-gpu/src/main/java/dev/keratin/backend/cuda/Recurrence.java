package dev.keratin.backend.cuda;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.GruSequence;
import dev.keratin.backend.ir.GruSequenceGrad;
import dev.keratin.backend.ir.LstmSequence;
import dev.keratin.backend.ir.LstmSequenceGrad;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;

/**
 * A recurrent layer over whole sequences, all of one length, as libraries take it: the product with the input is part of it.
 * Input [batch, time, features], kernel [features, gates * units], recurrent kernel [units, gates * units], biases
 * [gates * units], states [batch, units], output [batch, time, units].
 *
 * @param biased whether a bias is added to the product with the input
 * @param training whether its gradient is computed too
 */
record Recurrence(Cell cell, DType dtype, long batch, long time, long features, long units, boolean biased, boolean training) {
    /** What is computed at each step, and the order of its gates. */
    enum Cell {
        /** Gates i, f, g, o of {@link LstmSequence}. */
        LSTM(4),
        /** Gates z, r, n of {@link GruSequence}, with a bias in the product with the state. */
        GRU(3);

        private final int gates;

        Cell(int gates) {
            this.gates = gates;
        }

        int gates() {
            return gates;
        }
    }

    /** How many operands the forward pass has at least: input, kernel, recurrent kernel, h, and c or the recurrent bias. */
    static final int OPERANDS = 5;

    /** What a fusion computes, as {@link RecurrentBody} wrote it. */
    static Recurrence of(Fusion fusion) {
        Program body = fusion.body();
        Cell cell = body.nodes().stream().anyMatch(node -> node.op() instanceof LstmSequence) ? Cell.LSTM : Cell.GRU;
        boolean gradient = isGradient(fusion);
        Shape output = sequence(body).type().shape();
        Shape input = body.parameters().get(0).type().shape();
        int operands = body.parameters().size() - (gradient ? RecurrentBody.gradientOperands(cell) : 0);
        return new Recurrence(cell, body.parameters().get(0).type().dtype(), output.dim(0), output.dim(1), input.dim(1), output.dim(2),
                operands > OPERANDS, gradient || body.results().size() > RecurrentBody.states(cell));
    }

    /** Whether a fusion computes gradients. */
    static boolean isGradient(Fusion fusion) {
        return fusion.body().nodes().stream().anyMatch(node -> isGradient(node.op()));
    }

    private static boolean isGradient(Op op) {
        return op instanceof LstmSequenceGrad || op instanceof GruSequenceGrad;
    }

    /** Whether a fusion's body has a recurrent layer in it. */
    static boolean isIn(Program body) {
        return body.nodes().stream().anyMatch(Recurrence::isSequence);
    }

    private static boolean isSequence(Node node) {
        return node.op() instanceof LstmSequence || node.op() instanceof GruSequence;
    }

    private static Value sequence(Program body) {
        return body.nodes().stream().filter(Recurrence::isSequence).findFirst().orElseThrow().outputs().get(0);
    }

    /** The input as one matrix. */
    Shape rows() {
        return Shape.of(batch * time, features);
    }

    /** A value with this many elements for each unit, as sequences. */
    Shape sequences(int multiple) {
        return Shape.of(batch, time, multiple * units);
    }

    /** Whether a library may have it and it is worth the calls: several steps, and numbers of up to 32 bits. */
    boolean isUsual() {
        long largest = Math.max(Math.max(batch * units, time), features);
        return time > 1 && batch * features * units > 0 && largest <= Integer.MAX_VALUE && dtype != DType.FLOAT64;
    }
}
