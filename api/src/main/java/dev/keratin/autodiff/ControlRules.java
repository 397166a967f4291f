package dev.keratin.autodiff;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Trace;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.CustomGradient;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gradients of ops that run programs: programs that are the gradients of those. */
final class ControlRules {
    private ControlRules() {}

    static List<@Nullable Tensor> cond(Cond op, Application use) {
        int count = use.inputs().size();
        List<Integer> wanted = use.needed(1, count).stream().map(i -> i - 1).toList();
        List<Integer> seeds = floating(op.thenProgram().resultTypes(), 0);
        List<Tensor> operands = new ArrayList<>(use.inputs());
        seeds.forEach(i -> operands.add(use.gradient(i)));
        List<Tensor> gradients = Ops.apply(
                new Cond(gradient(op.thenProgram(), wanted, seeds), gradient(op.elseProgram(), wanted, seeds)), operands);
        List<@Nullable Tensor> results = empty(count);
        for (int i = 0; i < wanted.size(); i++) {
            results.set(wanted.get(i) + 1, gradients.get(i));
        }
        return results;
    }

    static List<@Nullable Tensor> scan(Scan op, Application use) {
        return new ScanGradient(op, use).gradients();
    }

    static List<@Nullable Tensor> customGradient(CustomGradient op, Application use) {
        List<@Nullable Tensor> results = empty(use.inputs().size());
        List<Tensor> arguments = new ArrayList<>();
        for (int i = 0; i < op.values(); i++) {
            arguments.add(use.gradient(i));
        }
        arguments.addAll(use.inputs().subList(op.values() + op.inputs(), use.inputs().size()));
        List<Tensor> gradients = replay(op.gradient(), arguments);
        for (int i = 0; i < op.inputs(); i++) {
            results.set(op.values() + i, gradients.get(i));
        }
        return results;
    }

    /**
     * The program (arguments..., gradients of some results...) to gradients of some arguments, zeros where a result
     * doesn't depend on them.
     */
    static Program gradient(Program program, List<Integer> wanted, List<Integer> seeds) {
        try (Trace trace = Trace.begin()) {
            List<Tensor> arguments = program.parameterTypes().stream().map(trace::parameter).toList();
            List<Tensor> cotangents = seeds.stream()
                    .map(i -> trace.parameter(program.resultTypes().get(i))).toList();
            return trace.finish(pullBack(program, arguments, wanted, seeds, cotangents)).program();
        }
    }

    /** Runs a program on tensors of the current trace and gives the gradients of the wanted arguments. */
    static List<Tensor> pullBack(Program program, List<Tensor> arguments, List<Integer> wanted, List<Integer> seeds,
            List<Tensor> cotangents) {
        try (GradientTape tape = new GradientTape()) {
            List<Tensor> sources = wanted.stream().map(arguments::get).toList();
            sources.forEach(tape::watch);
            List<Tensor> results = replay(program, arguments);
            List<Tensor> targets = seeds.stream().map(results::get).toList();
            List<@Nullable Tensor> gradients = tape.gradient(targets, sources, cotangents);
            List<Tensor> filled = new ArrayList<>();
            for (int i = 0; i < gradients.size(); i++) {
                Tensor gradient = gradients.get(i);
                filled.add(gradient != null ? gradient : Application.zeros(sources.get(i)));
            }
            return filled;
        }
    }

    /** Applies every op of a program, so that tapes see them. */
    static List<Tensor> replay(Program program, List<Tensor> arguments) {
        Map<Value, Tensor> tensors = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            tensors.put(program.parameters().get(i), arguments.get(i));
        }
        for (Node node : program.nodes()) {
            List<Tensor> outputs = Ops.apply(node.op(), node.inputs().stream().map(tensors::get).toList());
            for (int i = 0; i < outputs.size(); i++) {
                tensors.put(node.outputs().get(i), outputs.get(i));
            }
        }
        return program.results().stream().map(tensors::get).toList();
    }

    static List<Integer> floating(List<TensorType> types, int from) {
        return IntStream.range(from, types.size()).filter(i -> types.get(i).dtype().isFloating()).boxed().toList();
    }

    static List<@Nullable Tensor> empty(int count) {
        return new ArrayList<>(java.util.Collections.nCopies(count, null));
    }
}
