package dev.keratin.backend.reference;

import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program prepared to be run node by node. Immutable. */
final class Plan {
    /** What a run leaves: the results, then the values of the updates. */
    record Outcome(List<Tensor> results, List<Tensor> updates) {}

    /** Is told of each node of the program, not of those of its bodies. */
    interface Observer {
        Observer NONE = (node, start) -> {};

        /** A node has been run that began at {@code start} on the clock of {@link System#nanoTime()}. */
        void ran(Node node, long start);
    }

    private final Program program;
    private final List<Step> steps;
    private final int ids;

    Plan(Program program) {
        this.program = program;
        this.steps = steps(program);
        this.ids = 1 + Stream.concat(
                        program.parameters().stream(), program.nodes().stream().flatMap(node -> node.outputs().stream()))
                .mapToInt(Value::id).max().orElse(0);
    }

    private static List<Step> steps(Program program) {
        Set<Value> alive = new HashSet<>(program.escaping());
        LinkedList<Step> steps = new LinkedList<>();
        for (int i = program.nodes().size() - 1; i >= 0; i--) {
            Node node = program.nodes().get(i);
            Set<Value> dead = new HashSet<>(node.outputs());
            dead.addAll(node.inputs());
            dead.removeAll(alive);
            alive.addAll(node.inputs());
            steps.addFirst(step(node, dead));
        }
        return List.copyOf(steps);
    }

    private static Step step(Node node, Set<Value> dead) {
        List<Plan> bodies = node.op().bodies().stream().map(Plan::new).toList();
        return new Step(node, Kernels.of(node.op()), bodies, dead.stream().mapToInt(Value::id).toArray());
    }

    /** Runs the program once. */
    Outcome run(List<Tensor> arguments, Observer observer) {
        @Nullable Tensor[] environment = new Tensor[ids];
        for (int i = 0; i < arguments.size(); i++) {
            environment[program.parameters().get(i).id()] = arguments.get(i);
        }
        for (Step step : steps) {
            long start = observer == Observer.NONE ? 0 : System.nanoTime();
            run(step, environment);
            observer.ran(step.node(), start);
        }
        return new Outcome(
                program.results().stream().map(value -> read(environment, value)).toList(),
                program.updates().stream().map(update -> read(environment, update.value())).toList());
    }

    /** Runs a program that has no updates. */
    List<Tensor> call(List<Tensor> arguments) {
        return run(arguments, Observer.NONE).results();
    }

    private static void run(Step step, @Nullable Tensor[] environment) {
        List<Tensor> operands = new ArrayList<>();
        step.node().inputs().forEach(value -> operands.add(read(environment, value)));
        List<Tensor> results = step.kernel().run(step, operands);
        for (int i = 0; i < results.size(); i++) {
            environment[step.node().outputs().get(i).id()] = results.get(i);
        }
        for (int id : step.dead()) {
            environment[id] = null;
        }
    }

    private static Tensor read(@Nullable Tensor[] environment, Value value) {
        return Objects.requireNonNull(environment[value.id()]);
    }
}
