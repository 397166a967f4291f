package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation on each element of a product or convolution, as {@code epilogue.h} reads it.
 *
 * @param function what is computed
 * @param operand the second operand of a binary function, else null
 * @param alpha a parameter of a function of one element
 * @param beta another one
 */
record PostOp(Function function, @Nullable Value operand, double alpha, double beta) {
    /** In the order of {@code epilogue.cpp}: the binary ones, then those of one element. */
    enum Function {
        ADD, SUB, MUL, DIV,
        /** {@code alpha * x + beta}. */
        LINEAR,
        /** {@code x * min(max(alpha * x + beta, 0), 1)}. */
        HARD_SWISH,
        TANH,
        SIGMOID,
        SQUARE,
        ABS,
        /** {@code min(max(x, alpha), beta)}; NaN becomes {@code alpha}. */
        CLIP;

        boolean isBinary() {
            return this.compareTo(LINEAR) < 0;
        }

        private int number() {
            return isBinary() ? ordinal() : ordinal() - LINEAR.ordinal();
        }
    }

    static PostOp of(Function function, double alpha, double beta) {
        return new PostOp(function, null, alpha, beta);
    }

    static PostOp of(Function function, Value operand) {
        return new PostOp(function, operand, 0, 0);
    }

    /** The same on the values that parameters of a body stand for. */
    PostOp over(Map<Value, Value> arguments) {
        return operand == null ? this : of(function, arguments.getOrDefault(operand, operand));
    }

    /** A count, then the operations. */
    static void write(List<PostOp> operations, Code code) {
        code.word(operations.size());
        operations.forEach(operation -> operation.write(code));
    }

    private void write(Code code) {
        code.flag(!function.isBinary()).word(function.number());
        if (operand != null) {
            code.tensor(operand);
        } else {
            code.real(alpha).real(beta);
        }
    }
}
