package dev.keratin;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A function that control flow runs, traced: a program whose first parameters are the function's arguments and whose
 * others are what it uses from outside.
 */
final class Body {
    private final Program program;
    private final List<Tensor> outside;

    private Body(Program program, List<Tensor> outside) {
        this.program = program;
        this.outside = List.copyOf(outside);
    }

    static Body trace(String who, List<TensorType> arguments, Function<List<Tensor>, List<Tensor>> function) {
        TracedProgram traced;
        try (Trace trace = Trace.begin()) {
            List<Tensor> parameters = arguments.stream().map(trace::parameter).toList();
            traced = trace.finish(function.apply(parameters));
        }
        if (!traced.program().updates().isEmpty()) {
            throw new IllegalStateException(who + ": a function that assigns no variable is required. Received: one that assigns "
                    + traced.program().updates().stream().map(each -> traced.variables().get(each.parameter())).toList()
                    + ". Carry the value through the loop and assign the result.");
        }
        List<Tensor> outside = new ArrayList<>();
        for (int i = arguments.size(); i < traced.program().parameters().size(); i++) {
            Variable variable = traced.variables().get(i);
            outside.add(variable != null ? variable.value() : traced.captures().get(i));
        }
        return new Body(traced.program(), outside);
    }

    Program program() {
        return program;
    }

    /** What the function uses besides its arguments, in the order of the parameters after them. */
    List<Tensor> outside() {
        return outside;
    }

    List<TensorType> resultTypes() {
        return program.resultTypes();
    }

    /**
     * The same function with other parameters: its arguments, then a list of tensors of which some are those it uses.
     *
     * @param all whether the program gives these tensors back after its results
     */
    Program over(List<Tensor> shared, boolean all) {
        ProgramBuilder builder = new ProgramBuilder();
        int arguments = program.parameters().size() - outside.size();
        List<Value> parameters = new ArrayList<>();
        program.parameterTypes().subList(0, arguments).forEach(type -> parameters.add(builder.parameter(type)));
        List<Value> common = shared.stream().map(tensor -> builder.parameter(tensor.type())).toList();
        for (Tensor tensor : outside) {
            parameters.add(common.get(indexOf(shared, tensor)));
        }
        List<Value> results = new ArrayList<>(builder.inline(program, parameters));
        if (all) {
            results.addAll(common);
        }
        return builder.build(results);
    }

    /** What either of two functions uses, each tensor once. */
    static List<Tensor> outsideOf(Body first, Body second) {
        List<Tensor> shared = new ArrayList<>(first.outside);
        for (Tensor tensor : second.outside) {
            if (indexOf(shared, tensor) < 0) {
                shared.add(tensor);
            }
        }
        return shared;
    }

    private static int indexOf(List<Tensor> tensors, Tensor wanted) {
        for (int i = 0; i < tensors.size(); i++) {
            if (tensors.get(i) == wanted) {
                return i;
            }
        }
        return -1;
    }
}
