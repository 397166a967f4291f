package dev.keratin.bench;

import dev.keratin.CompiledFunction;
import dev.keratin.Tensor;
import dev.keratin.TensorScope;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.backend.compiler.Compiler;
import dev.keratin.backend.compiler.Cost;
import dev.keratin.backend.compiler.FusionPolicy;
import dev.keratin.backend.ir.Program;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One row of {@link Kernels}: a function to be compiled into a program of its own, and what it is called on.
 *
 * @param name such as {@code "conv"}
 * @param body made anew for each run, with the variables that it has
 * @param operands makes what it is called on
 */
record Kernel(String name, Supplier<Function<List<Tensor>, List<Tensor>>> body, List<Operand> operands) {
    /** Makes a tensor. */
    interface Operand {
        Tensor make();
    }

    /** The gradient of a function with respect to all operands but the last, which is that of the result. */
    static Function<List<Tensor>, List<Tensor>> gradient(Function<List<Tensor>, Tensor> body) {
        return in -> {
            List<Tensor> sources = in.subList(0, in.size() - 1).stream().filter(each -> each.dtype().isFloating()).toList();
            try (GradientTape tape = new GradientTape()) {
                sources.forEach(tape::watch);
                List<Tensor> gradients = tape.gradient(List.of(body.apply(in)), sources, in.subList(in.size() - 1, in.size()));
                gradients.forEach(tape::keep);
                return gradients;
            }
        };
    }

    Run prepare() {
        return new Run(this);
    }

    /** A kernel that is compiled, with its operands. Not safe for use by several threads. */
    static final class Run implements AutoCloseable {
        private final String name;
        private final List<Tensor> operands;
        private final CompiledFunction function;

        private Run(Kernel kernel) {
            name = kernel.name;
            operands = kernel.operands.stream().map(Operand::make).toList();
            function = new CompiledFunction(kernel.body.get());
        }

        /** Runs it once; the number of results. */
        int run() {
            return TensorScope.within(scope -> function.call(operands).size());
        }

        /** What a run computes, as the passes that backends share leave it. */
        Program program() {
            Program traced = function.executable(operands.stream().map(Tensor::type).toList()).program();
            return Compiler.optimize(traced, FusionPolicy.all());
        }

        /** One line: the time, and at what rates it computes and moves bytes between memory and the processor. */
        String line(double microseconds) {
            Program program = program();
            long bytes = program.nodes().stream().mapToLong(Cost::bytes).sum();
            return String.format(Locale.ROOT, "%-20s %12.1f us %9.1f GFLOP/s %8.1f GB/s", name, microseconds,
                    Cost.flops(program) / microseconds / 1e3, bytes / microseconds / 1e3);
        }

        @Override
        public void close() {
            function.close();
            operands.forEach(Tensor::close);
        }
    }
}
