package dev.keratin.backend.reference;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of the functions that run the ops. */
final class Kernels {
    /** Runs an op. */
    interface Kernel {
        List<Tensor> run(Step step, List<Tensor> operands);
    }

    /** Runs an op of one kind with one result, given the result's type. */
    interface Single<T extends Op> {
        Tensor run(T op, List<Tensor> operands, TensorType result);
    }

    /** Runs an op of one kind. */
    interface Multiple<T extends Op> {
        List<Tensor> run(T op, List<Tensor> operands, Step step);
    }

    private static final Map<Class<? extends Op>, Kernel> TABLE = table();

    private final Map<Class<? extends Op>, Kernel> kernels = new HashMap<>();

    private Kernels() {}

    private static Map<Class<? extends Op>, Kernel> table() {
        Kernels kernels = new Kernels();
        Elementwise.register(kernels);
        Conversion.register(kernels);
        Sources.register(kernels);
        Movement.register(kernels);
        Indexing.register(kernels);
        Reduction.register(kernels);
        Accumulation.register(kernels);
        Ordering.register(kernels);
        MatrixProduct.register(kernels);
        Elimination.register(kernels);
        Orthogonal.register(kernels);
        Schur.register(kernels);
        Convolution.register(kernels);
        Pooling.register(kernels);
        Lstm.register(kernels);
        Gru.register(kernels);
        ControlFlow.register(kernels);
        return Map.copyOf(kernels.kernels);
    }

    /** The function that runs an op. */
    static Kernel of(Op op) {
        Kernel kernel = TABLE.get(op.getClass());
        if (kernel == null) {
            throw new IllegalStateException("java: a kernel for each op is required. Received: " + op
                    + ". Register one in Kernels.");
        }
        return kernel;
    }

    /** The ops that have a kernel. */
    static Set<Class<? extends Op>> ops() {
        return TABLE.keySet();
    }

    <T extends Op> void single(Class<T> type, Single<T> kernel) {
        kernels.put(type, (step, operands) ->
                List.of(kernel.run(type.cast(step.node().op()), operands, step.result())));
    }

    <T extends Op> void multiple(Class<T> type, Multiple<T> kernel) {
        kernels.put(type, (step, operands) -> kernel.run(type.cast(step.node().op()), operands, step));
    }
}
