package dev.keratin.backend.reference;

import org.jspecify.annotations.Nullable;

/**
 * The lengths that the operands of a recurrent op share, and the products with its recurrent matrix.
 *
 * @param batch the number of sequences
 * @param time the number of steps
 * @param units the length of a state
 * @param gates how many times units the recurrent matrix has columns
 * @param mask bool [batch, time], or null if all steps count
 */
record Sequence(int batch, int time, int units, int gates, @Nullable Tensor mask) {
    /** Receives one step of one sequence, {@code at} counting steps of all sequences. */
    interface Visitor {
        void visit(int sequence, int at);
    }

    void forward(Visitor visitor) {
        for (int sequence = 0; sequence < batch; sequence++) {
            for (int step = 0; step < time; step++) {
                visitor.visit(sequence, sequence * time + step);
            }
        }
    }

    void backward(Visitor visitor) {
        for (int sequence = 0; sequence < batch; sequence++) {
            for (int step = time - 1; step >= 0; step--) {
                visitor.visit(sequence, sequence * time + step);
            }
        }
    }

    /** Whether the mask leaves a step out. */
    boolean isSkipped(int at) {
        return mask != null && mask.longs[at] == 0;
    }

    /** A state times the recurrent matrix. */
    double[] times(double[] states, int first, double[] recurrent) {
        double[] product = new double[gates * units];
        for (int i = 0; i < units; i++) {
            MatrixProduct.addMultiple(states[first + i], recurrent, i * product.length, product, 0, product.length);
        }
        return product;
    }

    /** Adds gradients of a product with the recurrent matrix, times its transpose, to those of a state. */
    void addTransposed(double[] gradients, int first, double[] recurrent, double[] state, int stateFirst) {
        int width = gates * units;
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < width; j++) {
                state[stateFirst + i] += gradients[first + j] * recurrent[i * width + j];
            }
        }
    }

    /** What a sequence had before a step: the state after the one before, or the initial one. */
    double before(double[] initial, double[] states, int sequence, int at, int unit) {
        return at == sequence * time ? initial[sequence * units + unit] : states[(at - 1) * units + unit];
    }
}
