package dev.keratin.backend.compiler;

import dev.keratin.backend.compiler.MemoryPlan.Location;
import dev.keratin.backend.compiler.MemoryPlan.Space;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which computed roots live in the buffer of an updated parameter or of a result, and which share the bytes of
 * an operand that they replace; what is left over goes to the arena.
 */
final class Placement {
    private final Program program;
    private final Views views;
    private final Lifetimes lifetimes;
    private final InPlace inPlace;
    private final int lastFailure;
    private final Map<Integer, List<Node>> readers = new HashMap<>();
    private final Map<Node, Integer> positions = new HashMap<>();
    private final Map<Value, Location> locations = new HashMap<>();
    private final Map<Value, Value> sharedWith = new HashMap<>();

    Placement(Program program, Views views, Lifetimes lifetimes, InPlace inPlace) {
        this.program = program;
        this.views = views;
        this.lifetimes = lifetimes;
        this.inPlace = inPlace;
        this.lastFailure = indexNodes();
        placeUpdates();
        placeResults();
        shareOperands();
    }

    /** The parameter or result buffer that a computed root was given; absent if it goes to the arena. */
    Map<Value, Location> locations() {
        return locations;
    }

    /** The root that owns the arena block in which a root lives: itself, or what replaces it or is replaced later. */
    Value owner(Value root) {
        Value owner = root;
        while (sharedWith.containsKey(owner)) {
            owner = sharedWith.get(owner);
        }
        return owner;
    }

    private int indexNodes() {
        Failures failures = new Failures(program);
        Map<Value, Integer> parameterIndex = new HashMap<>();
        for (int i = 0; i < program.parameters().size(); i++) {
            parameterIndex.put(program.parameters().get(i), i);
        }
        int last = -1;
        for (int i = 0; i < program.nodes().size(); i++) {
            Node node = program.nodes().get(i);
            positions.put(node, i);
            last = failures.canFail(node) ? i : last;
            noteReads(node, parameterIndex);
        }
        return last;
    }

    private void noteReads(Node node, Map<Value, Integer> parameterIndex) {
        if (Views.isView(node.op())) {
            return;
        }
        Set<Integer> read = new HashSet<>();
        node.inputs().forEach(input -> read.add(parameterIndex.getOrDefault(views.rootOf(input), -1)));
        read.remove(-1);
        read.forEach(index -> readers.computeIfAbsent(index, i -> new ArrayList<>()).add(node));
    }

    private void placeUpdates() {
        for (Program.Update update : program.updates()) {
            Value root = views.rootOf(update.value());
            if (lifetimes.isComputed(root) && !locations.containsKey(root) && canOverwrite(update.parameter(), root)) {
                locations.put(root, Location.parameter(update.parameter()));
            }
        }
    }

    private boolean canOverwrite(int parameter, Value root) {
        Value old = program.parameters().get(parameter);
        int position = lifetimes.definition(root);
        Node node = program.nodes().get(position);
        boolean checked = position > lastFailure || position == lastFailure && IndexChecks.isMadeBy(node.op());
        return checked && !lifetimes.isReadAtEnd(old)
                && readers.getOrDefault(parameter, List.of()).stream().allMatch(reader -> positions.get(reader) < position
                        || reader == node && inPlace.isSafe(node, root, old, views));
    }

    private void placeResults() {
        for (int i = 0; i < program.results().size(); i++) {
            Value root = views.rootOf(program.results().get(i));
            if (lifetimes.isComputed(root)) {
                locations.putIfAbsent(root, Location.result(i));
            }
        }
    }

    /** Backwards, so that a chain of nodes ends in the buffer of its last one. */
    private void shareOperands() {
        for (int i = program.nodes().size() - 1; i >= 0; i--) {
            Node node = program.nodes().get(i);
            Set<Value> taken = new HashSet<>();
            for (Value output : node.outputs()) {
                if (lifetimes.isComputed(output)) {
                    shareOperand(node, output, taken);
                }
            }
        }
    }

    private void shareOperand(Node node, Value output, Set<Value> taken) {
        for (Value input : node.inputs()) {
            Value root = views.rootOf(input);
            if (input.type().byteSize() == output.type().byteSize() && input.type().byteSize() > 0
                    && !taken.contains(root) && dies(root, positions.get(node))
                    && inPlace.isSafe(node, output, root, views) && fits(root, output)) {
                share(root, output);
                taken.add(root);
                return;
            }
        }
    }

    private boolean dies(Value root, int position) {
        return lifetimes.isComputed(root) && lifetimes.lastRead(root) == position && !lifetimes.isReadAtEnd(root)
                && !locations.containsKey(root) && !sharedWith.containsKey(root);
    }

    private boolean fits(Value root, Value output) {
        Location location = locations.get(owner(output));
        return location == null || location.space() == Space.RESULT || canOverwrite(location.index(), root);
    }

    private void share(Value root, Value output) {
        Value owner = owner(output);
        sharedWith.put(root, owner);
        if (locations.containsKey(owner)) {
            locations.put(root, locations.get(owner));
        }
    }
}
