package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Fusion;
import dev.keratin.backend.ir.FusionKind;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.RandomBits;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Transpose;
import dev.keratin.backend.ir.Unary;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reorders an optimised program so that small work of the same kind stands side by side, where it can be one launch: what
 * depends on parameters only comes first, such as weights in another type, and what nothing else needs comes last, such as
 * the updates of all variables. That takes memory for what waits, so what is large enough to keep a device busy stays.
 */
final class EarlyAndLate {
    /** Elements of which a device is busy for longer than a launch takes. */
    private static final long LARGE = 1 << 22;

    private final Program program;
    private final Set<Value> updates = new HashSet<>();
    private final Set<Value> given = new HashSet<>();
    private final Set<Value> neededSooner = new HashSet<>();
    private final List<Node> early = new ArrayList<>();
    private final List<Node> middle = new ArrayList<>();
    private final Set<Node> late = new HashSet<>();

    private EarlyAndLate(Program program) {
        this.program = program;
        given.addAll(program.parameters());
        program.updates().forEach(update -> updates.add(update.value()));
    }

    static Program run(Program program) {
        return new EarlyAndLate(program).reordered();
    }

    private Program reordered() {
        List<Node> nodes = program.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (isSmall(nodes.get(i)) && nodes.get(i).outputs().stream().noneMatch(neededSooner::contains)) {
                late.add(nodes.get(i));
            } else {
                neededSooner.addAll(nodes.get(i).inputs());
            }
        }
        for (Node node : nodes) {
            if (isEarly(node)) {
                given.addAll(node.outputs());
                early.add(node);
            } else if (!late.contains(node)) {
                middle.add(node);
            }
        }
        return write();
    }

    /** Parameters are not updated early: a node may still fail then. */
    private boolean isEarly(Node node) {
        return node.op() instanceof Constant || !late.contains(node) && isSmall(node) && given.containsAll(node.inputs())
                && node.outputs().stream().noneMatch(updates::contains);
    }

    private static boolean isSmall(Node node) {
        return isSimple(node.op()) && node.outputs().stream().allMatch(output -> output.type().shape().size() < LARGE);
    }

    private static boolean isSimple(Op op) {
        return op instanceof Unary || op instanceof Binary || op instanceof Compare || op instanceof Select || op instanceof Cast
                || op instanceof Reshape || op instanceof Transpose || op instanceof RandomBits
                || op instanceof Fusion fusion && fusion.kind() == FusionKind.LOOP;
    }

    private Program write() {
        ProgramBuilder builder = new ProgramBuilder();
        Map<Value, Value> copies = new HashMap<>();
        program.parameters().forEach(value -> copies.put(value, builder.parameter(value.type())));
        List<Node> last = program.nodes().stream().filter(late::contains).toList();
        Stream.of(early, middle, last).flatMap(List::stream).forEach(node -> builder.copyNode(node, copies));
        program.updates().forEach(update ->
                builder.update(copies.get(program.parameters().get(update.parameter())), copies.get(update.value())));
        return builder.build(program.results().stream().map(copies::get).toList());
    }
}
