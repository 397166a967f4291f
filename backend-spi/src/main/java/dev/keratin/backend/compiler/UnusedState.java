package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Takes out of Cond, While and Scan the results nobody reads, with the state and operands that only they need. */
final class UnusedState {
    /** A node cut down: which operands and results are left. */
    private record Cut(Op op, Set<Integer> operands, Set<Integer> results) {}

    private final Program program;
    private final Map<Node, Cut> cuts = new HashMap<>();
    private final Set<Value> read;

    private UnusedState(Program program) {
        this.program = program;
        this.read = new HashSet<>(program.escaping());
    }

    /** The program without unused state; the same object if there is none. */
    static Program run(Program program) {
        if (program.nodes().stream().noneMatch(node -> Bodies.isControlFlow(node.op()))) {
            return program;
        }
        return new UnusedState(program).cut();
    }

    private Program cut() {
        for (int i = program.nodes().size() - 1; i >= 0; i--) {
            Node node = program.nodes().get(i);
            Set<Integer> used = indices(node.outputs().size(), result -> read.contains(node.outputs().get(result)));
            Cut cut = Bodies.isControlFlow(node.op()) && !used.isEmpty() ? cut(node.op(), node.inputs().size(), used) : null;
            if (cut != null && cut.results().size() + cut.operands().size() < node.outputs().size() + node.inputs().size()) {
                cuts.put(node, cut);
                read.addAll(ProgramParts.pick(node.inputs(), cut.operands()::contains));
            } else {
                read.addAll(node.inputs());
            }
        }
        return cuts.isEmpty() ? program : write();
    }

    private static Cut cut(Op op, int operands, Set<Integer> used) {
        if (op instanceof Cond cond) {
            return cut(cond, used);
        }
        return op instanceof While loop ? cut(loop, used) : cut((Scan) op, operands, used);
    }

    private static Cut cut(Cond op, Set<Integer> used) {
        Set<Integer> arguments = new HashSet<>(ProgramParts.neededParameters(op.thenProgram(), used::contains));
        arguments.addAll(ProgramParts.neededParameters(op.elseProgram(), used::contains));
        Set<Integer> operands = new HashSet<>(Set.of(0));
        arguments.forEach(argument -> operands.add(argument + 1));
        return new Cut(new Cond(ProgramParts.of(op.thenProgram(), used::contains, arguments::contains),
                ProgramParts.of(op.elseProgram(), used::contains, arguments::contains)), operands, used);
    }

    private static Cut cut(While op, Set<Integer> used) {
        Set<Integer> state = new HashSet<>(used);
        state.addAll(ProgramParts.neededParameters(op.condition(), result -> true));
        while (state.addAll(ProgramParts.neededParameters(op.body(), state::contains))) {
            continue;
        }
        Program condition = ProgramParts.of(op.condition(), result -> true, state::contains);
        return new Cut(new While(condition, ProgramParts.of(op.body(), state::contains, state::contains)), state, state);
    }

    private static Cut cut(Scan op, int operands, Set<Integer> used) {
        int carries = op.carries();
        int outputs = op.body().results().size() - carries;
        IntPredicate isCarryIn = result -> result >= carries + outputs;
        Set<Integer> kept = new HashSet<>();
        used.forEach(result -> kept.add(isCarryIn.test(result) ? result - carries - outputs : result));
        Set<Integer> arguments = ProgramParts.neededParameters(op.body(), kept::contains);
        while (kept.addAll(arguments.stream().filter(argument -> argument < carries).toList())) {
            arguments.addAll(ProgramParts.neededParameters(op.body(), kept::contains));
        }
        IntStream.range(0, carries).filter(kept::contains).forEach(arguments::add);
        boolean carriesIn = op.carriesIn() && used.stream().anyMatch(isCarryIn::test);
        Set<Integer> results = new HashSet<>(kept);
        if (carriesIn) {
            IntStream.range(0, carries).filter(kept::contains).forEach(carry -> results.add(carries + outputs + carry));
        }
        int sequences = (int) arguments.stream().filter(i -> i >= carries && i < carries + op.sequences()).count();
        Program body = ProgramParts.of(op.body(), kept::contains, arguments::contains);
        int left = (int) kept.stream().filter(result -> result < carries).count();
        return new Cut(new Scan(body, left, sequences, op.length(), op.reverse(), carriesIn), arguments, results);
    }

    private static Set<Integer> indices(int count, IntPredicate chosen) {
        Set<Integer> indices = new HashSet<>();
        IntStream.range(0, count).filter(chosen).forEach(indices::add);
        return indices;
    }

    private Program write() {
        ProgramBuilder builder = new ProgramBuilder();
        Map<Value, Value> copies = new HashMap<>();
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        for (Node node : program.nodes()) {
            Cut cut = cuts.get(node);
            builder.copyNode(cut == null ? node : new Node(cut.op(), ProgramParts.pick(node.inputs(), cut.operands()::contains),
                    ProgramParts.pick(node.outputs(), cut.results()::contains), node.scope()), copies);
        }
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return builder.build(program.results().stream().map(copies::get).toList());
    }
}
