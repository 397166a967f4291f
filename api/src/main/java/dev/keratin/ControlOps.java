package dev.keratin;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.CustomGradient;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.While;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Loops and conditions over values that are known only when a step runs.
 *
 * <p>The functions handed in are traced once, whatever the number of steps. They may use tensors and read variables from
 * outside; they must not assign variables. Run eagerly, conditions and while loops are Java's.
 */
abstract class ControlOps extends NnOps {
    ControlOps() {}

    /** The lengths of the axes: {@code x.shape()}. */
    public static Shape shape(Tensor x) {
        return x.shape();
    }

    /** The result of one of two functions. Differentiable. */
    public static Tensor cond(Tensor predicate, Supplier<Tensor> then, Supplier<Tensor> otherwise) {
        return condAll(predicate, () -> List.of(then.get()), () -> List.of(otherwise.get())).get(0);
    }

    /**
     * The results of one of two functions, which give the same types. Differentiable.
     *
     * @param predicate a scalar
     */
    public static List<Tensor> condAll(
            Tensor predicate, Supplier<List<Tensor>> then, Supplier<List<Tensor>> otherwise) {
        requireScalar("cond", predicate);
        if (predicate.isConcrete() && !Trace.isActive()) {
            return predicate.item() != 0 ? then.get() : otherwise.get();
        }
        Body first = Body.trace("cond", List.of(), none -> then.get());
        Body second = Body.trace("cond", List.of(), none -> otherwise.get());
        requireSame("cond: results of the same types from both functions are required", first.resultTypes(), second.resultTypes());
        List<Tensor> shared = Body.outsideOf(first, second);
        return apply(new Cond(first.over(shared, false), second.over(shared, false)), joined(List.of(truth(predicate)), shared));
    }

    /** The results of the function that an index names; the first or last one if it lies outside. Differentiable. */
    public static List<Tensor> switchCase(Tensor index, List<Supplier<List<Tensor>>> branches) {
        requireScalar("switchCase", index);
        return branches.size() == 1 ? branches.get(0).get()
                : condAll(lessEqual(index, 0), branches.get(0),
                        () -> switchCase(subtract(index, 1), branches.subList(1, branches.size())));
    }

    /** {@link #switchCase(Tensor, List)} with the operands of {@code keras.ops.switch}, which the function that is chosen takes. */
    public static List<Tensor> switchCase(Tensor index, List<? extends UnaryOperator<List<Tensor>>> branches, List<Tensor> operands) {
        List<Supplier<List<Tensor>>> bound = new ArrayList<>();
        branches.forEach(branch -> bound.add(() -> branch.apply(operands)));
        return switchCase(index, bound);
    }

    /**
     * Applies a function to its own results as long as a condition holds. Differentiable only when run eagerly; where a
     * compiled step needs gradients, say how many steps there are at most.
     *
     * @param condition gives a scalar
     * @param body gives the types it takes
     */
    public static List<Tensor> whileLoop(
            Function<List<Tensor>, Tensor> condition, UnaryOperator<List<Tensor>> body, List<Tensor> variables) {
        return define("whileLoop", variables, in -> {
            if (!Trace.isActive()) {
                return eagerLoop(condition, body, in);
            }
            List<TensorType> types = types(in);
            Body test = Body.trace("whileLoop", types, state -> List.of(truth(condition.apply(state))));
            Body step = Body.trace("whileLoop", types, body);
            requireSame("whileLoop: a body that gives the types it takes is required", types, step.resultTypes());
            List<Tensor> shared = Body.outsideOf(test, step);
            While loop = new While(test.over(shared, false), step.over(shared, true));
            return apply(loop, joined(in, shared)).subList(0, in.size());
        });
    }

    /**
     * {@link #whileLoop(Function, UnaryOperator, List)} with at most a number of steps. Differentiable. In a compiled step
     * that a gradient tape records it takes memory for the variables of that number of steps.
     */
    public static List<Tensor> whileLoop(Function<List<Tensor>, Tensor> condition, UnaryOperator<List<Tensor>> body,
            List<Tensor> variables, int maximumIterations) {
        if (Trace.isActive() && Frame.current().isRecorded()) {
            return maximumIterations <= 0 ? List.copyOf(variables) : scan(state -> new Ops.Scanned(condAll(truth(condition.apply(state)),
                    () -> sameTypes(body, state), () -> state), List.of()), variables, maximumIterations).carries();
        }
        int count = variables.size();
        List<Tensor> state = joined(variables, List.of(scalar(DType.INT32, 0)));
        return whileLoop(
                all -> logicalAnd(less(all.get(count), maximumIterations), condition.apply(all.subList(0, count))),
                all -> joined(body.apply(all.subList(0, count)), List.of(add(all.get(count), 1))), state).subList(0, count);
    }

    /**
     * Applies a function to the index and its own results for each index from {@code lower} (included) to {@code upper}
     * (excluded). Differentiable.
     *
     * @param body takes the index, an int32 scalar, and the state; gives the next state, of the same types
     */
    public static List<Tensor> foriLoop(
            int lower, int upper, BiFunction<Tensor, List<Tensor>, List<Tensor>> body, List<Tensor> initial) {
        if (upper <= lower) {
            return List.copyOf(initial);
        }
        return scan((state, index) -> new Ops.Scanned(body.apply(index.get(0), state), List.of()),
                initial, List.of(arange(lower, upper))).carries();
    }

    /**
     * Runs a function for each step along the first axis of sequences, handing results from one step to the next.
     * Differentiable.
     *
     * @param body takes the carries and the slices of the sequences at one step
     * @param initial the carries of the first step; each step hands on the same types
     * @param sequences [steps, ...]; at least one
     */
    public static Ops.Scanned scan(
            BiFunction<List<Tensor>, List<Tensor>, Ops.Scanned> body, List<Tensor> initial, List<Tensor> sequences) {
        return scan(body, initial, sequences, false);
    }

    /** {@link #scan(BiFunction, List, List)} from the last step to the first if reversed; outputs keep their place. */
    public static Ops.Scanned scan(BiFunction<List<Tensor>, List<Tensor>, Ops.Scanned> body, List<Tensor> initial,
            List<Tensor> sequences, boolean reverse) {
        int carries = initial.size();
        List<Tensor> results = define("scan", joined(initial, sequences), in -> {
            List<Tensor> first = in.subList(0, carries);
            List<Tensor> slices = in.subList(carries, in.size());
            long length = requireLength(slices);
            List<TensorType> arguments = new ArrayList<>(types(first));
            slices.forEach(each -> arguments.add(each.type().withShape(each.shape().remove(0))));
            Body step = Body.trace("scan", arguments, all -> {
                Ops.Scanned scanned = body.apply(all.subList(0, carries), all.subList(carries, all.size()));
                return joined(scanned.carries(), scanned.outputs());
            });
            requireSame("scan: a body that hands on the types it takes is required", types(first),
                    step.resultTypes().subList(0, Math.min(carries, step.resultTypes().size())));
            Scan scan = new Scan(step.program(), carries, slices.size(), length, reverse, true);
            return apply(scan, joined(in, step.outside())).subList(0, step.resultTypes().size());
        });
        return new Ops.Scanned(results.subList(0, carries), results.subList(carries, results.size()));
    }

    /** {@link #scan(BiFunction, List, List)} without sequences, for a number of steps. */
    public static Ops.Scanned scan(Function<List<Tensor>, Ops.Scanned> body, List<Tensor> initial, int length) {
        return scan((carries, index) -> body.apply(carries), initial, List.of(arange(length)));
    }

    /** Applies a function to each slice along the first axis and stacks what it gives. Differentiable. */
    public static Tensor map(UnaryOperator<Tensor> function, Tensor x) {
        return scan((none, slice) -> new Ops.Scanned(List.of(), List.of(function.apply(slice.get(0)))), List.of(), List.of(x))
                .outputs().get(0);
    }

    /** {@link #map(UnaryOperator, Tensor)} with several tensors and results. */
    public static List<Tensor> map(UnaryOperator<List<Tensor>> function, List<Tensor> xs) {
        return scan((none, slices) -> new Ops.Scanned(List.of(), function.apply(slices)), List.of(), xs).outputs();
    }

    /** The same as {@link #map(UnaryOperator, Tensor)}. */
    public static Tensor vectorizedMap(UnaryOperator<Tensor> function, Tensor x) {
        return map(function, x);
    }

    /**
     * All running combinations of the elements along an axis under an associative function, which is called about log2 of
     * the length times, on many elements at once. Differentiable.
     *
     * @param function takes and gives tensors of any length along the axis
     */
    public static Tensor associativeScan(BinaryOperator<Tensor> function, Tensor x, boolean reverse, int axis) {
        return associativeScan((a, b) -> List.of(function.apply(a.get(0), b.get(0))), List.of(x), reverse, axis).get(0);
    }

    /** {@link #associativeScan(BinaryOperator, Tensor, boolean, int)} of elements that are made of several tensors. */
    public static List<Tensor> associativeScan(BinaryOperator<List<Tensor>> function, List<Tensor> xs, boolean reverse, int axis) {
        return define("associativeScan", xs, in -> {
            int normal = Axes.normal("associativeScan", in.get(0), axis);
            UnaryOperator<List<Tensor>> turned = all -> reverse ? each(all, x -> flip(x, normal)) : all;
            List<Tensor> running = turned.apply(in);
            long length = in.get(0).shape().dim(normal);
            for (long step = 1; step < length; step *= 2) {
                long by = step;
                List<Tensor> combined = function.apply(
                        each(running, x -> range(x, normal, 0, length - by)), each(running, x -> range(x, normal, by, length)));
                List<Tensor> heads = each(running, x -> range(x, normal, 0, by));
                running = IntStream.range(0, heads.size())
                        .mapToObj(i -> concatenate(List.of(heads.get(i), combined.get(i)), normal)).toList();
            }
            return turned.apply(running);
        });
    }

    private static List<Tensor> each(List<Tensor> tensors, UnaryOperator<Tensor> function) {
        return tensors.stream().map(function).toList();
    }

    /** {@link #associativeScan(BinaryOperator, Tensor, boolean, int)} along the first axis. */
    public static Tensor associativeScan(BinaryOperator<Tensor> function, Tensor x) {
        return associativeScan(function, x, false, 0);
    }

    /**
     * Calls a function that brings its own gradient; the ops it consists of are not differentiated, nor are variables that
     * it reads. The gradient must not assign variables.
     */
    public static List<Tensor> customGradient(Function<List<Tensor>, Ops.WithGradient> function, List<Tensor> inputs) {
        return define("customGradient", inputs, in -> {
            Frame frame = Frame.current();
            if (frame.isInRecordedBody()) {
                return withGradient(function.apply(in), in);
            }
            List<Recorder> recorders = List.copyOf(frame.recorders());
            frame.recorders().clear();
            try {
                Ops.WithGradient result = function.apply(in);
                List<Tensor> outputs = result.outputs().stream().map(OpsBase::stopGradient).toList();
                recorders.forEach(recorder -> recorder.record(in, outputs, result.gradient()));
                return outputs;
            } finally {
                frame.recorders().addAll(0, recorders);
            }
        });
    }

    /** The results as an op that holds their gradient: a tape around the loop differentiates its body op by op. */
    private static List<Tensor> withGradient(Ops.WithGradient result, List<Tensor> inputs) {
        List<Tensor> values = result.outputs().stream().map(OpsBase::stopGradient).toList();
        Body gradient = Body.trace("customGradient", types(values), given -> result.gradient().apply(given));
        requireSame("customGradient: a gradient of the type of each input is required", types(inputs), gradient.resultTypes());
        return apply(new CustomGradient(gradient.program(), values.size(), inputs.size()),
                joined(joined(values, inputs), gradient.outside()));
    }

    private static List<Tensor> eagerLoop(
            Function<List<Tensor>, Tensor> condition, UnaryOperator<List<Tensor>> body, List<Tensor> initial) {
        List<Tensor> state = initial;
        while (condition.apply(state).item() != 0) {
            state = sameTypes(body, state);
        }
        return List.copyOf(state);
    }

    private static List<Tensor> sameTypes(UnaryOperator<List<Tensor>> body, List<Tensor> state) {
        List<Tensor> next = body.apply(state);
        requireSame("whileLoop: a body that gives the types it takes is required", types(state), types(next));
        return next;
    }

    private static List<TensorType> types(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::type).toList();
    }

    private static List<Tensor> joined(List<Tensor> first, List<Tensor> second) {
        List<Tensor> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static long requireLength(List<Tensor> sequences) {
        boolean fits = !sequences.isEmpty() && sequences.stream().allMatch(each -> each.rank() > 0
                && each.shape().dim(0) == sequences.get(0).shape().dim(0));
        if (!fits) {
            throw new IllegalArgumentException("scan: at least one sequence, all of the same length along the first axis, is"
                    + " required. Received: " + types(sequences) + ". Use foriLoop to count.");
        }
        return sequences.get(0).shape().dim(0);
    }

    private static void requireScalar(String who, Tensor x) {
        if (x.rank() != 0) {
            throw new IllegalArgumentException(who + ": a scalar is required. Received: " + x.type() + ". Use any or all, or"
                    + " where for a choice by element.");
        }
    }

    private static void requireSame(String required, List<TensorType> wanted, List<TensorType> received) {
        if (!wanted.equals(received)) {
            throw new IllegalArgumentException(required + ". Received: " + wanted + " and " + received
                    + ". Cast or broadcast the results.");
        }
    }
}
