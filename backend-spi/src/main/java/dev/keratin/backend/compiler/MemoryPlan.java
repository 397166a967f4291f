package dev.keratin.backend.compiler;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Where each value of a program lives while its nodes run in their order. Bodies of control flow and fusions are not
 * covered: they are planned on their own.
 *
 * <p>A backend that follows the plan must keep to this:
 * <ul>
 *   <li>Reshape, StopGradient and Bitcast share their operand's location and do nothing; a Constant is there from the
 *       start.
 *   <li>An elementwise node or LOOP fusion may have a result where an operand with elements of the same width lies, one
 *       on the other, and so may a COLUMN fusion have its elements. For any block of elements all operands are read, and
 *       reduced, before any result is stored.
 *   <li>An EPILOGUE fusion may have its result where an operand lies that the backend chose for it.
 *   <li>DynamicUpdateSlice, ScatterNd and ScatterElements may have their result where their first operand lies; then
 *       only what changes is written. A scatter checks all its indices before it writes.
 *   <li>When all nodes have run, {@link #finalCopies} are done one after another.
 * </ul>
 * Then no buffer of a parameter is written before the last node that can fail has succeeded.
 */
public final class MemoryPlan {
    /** A kind of memory. */
    public enum Space {
        /** The buffer passed for a parameter. */
        PARAMETER,
        /** The buffer passed for a result. */
        RESULT,
        /** A Constant node's elements; the index counts Constant nodes of the program. */
        CONSTANT,
        /** Working memory of the executable. */
        ARENA
    }

    /**
     * A place.
     *
     * @param index which parameter, result or constant; 0 in the arena
     * @param offset bytes from the start of the arena; 0 elsewhere
     */
    public record Location(Space space, int index, long offset) {
        static Location parameter(int index) {
            return new Location(Space.PARAMETER, index, 0);
        }

        static Location result(int index) {
            return new Location(Space.RESULT, index, 0);
        }

        static Location constant(int index) {
            return new Location(Space.CONSTANT, index, 0);
        }

        static Location arena(long offset) {
            return new Location(Space.ARENA, 0, offset);
        }

        /** The place in words, such as {@code parameter 3} or {@code arena+1024}. */
        @Override
        public String toString() {
            return space == Space.ARENA ? "arena+" + offset : space.name().toLowerCase(Locale.ROOT) + " " + index;
        }
    }

    /** Bytes to be moved. */
    public record Copy(Location from, Location to, long bytes) {
        /** Such as {@code parameter 0 -> result 1 (64 bytes)}. */
        @Override
        public String toString() {
            return from + " -> " + to + " (" + bytes + " bytes)";
        }
    }

    private final Program program;
    private final Views views;
    private final Map<Value, Location> locations = new HashMap<>();
    private final long arenaBytes;
    private final long lowerBound;
    private final List<Copy> finalCopies;

    private MemoryPlan(Program program, long alignment, InPlace inPlace) {
        this.program = program;
        this.views = new Views(program);
        Lifetimes lifetimes = new Lifetimes(program, views);
        Placement placement = new Placement(program, views, lifetimes, inPlace);
        locations.putAll(placement.locations());
        placeGiven();
        ArenaBlocks blocks = new ArenaBlocks(program, lifetimes, placement, alignment);
        locations.putAll(blocks.locations());
        FinalCopies copies = new FinalCopies(program, this::locationOf, blocks.bytes(), alignment);
        this.finalCopies = copies.copies();
        this.arenaBytes = copies.arenaBytes();
        this.lowerBound = blocks.lowerBound();
    }

    /**
     * The plan for a program whose nodes run in the order they have.
     *
     * @param alignment every arena offset is a multiple of it, in bytes
     */
    public static MemoryPlan of(Program scheduled, long alignment) {
        return of(scheduled, alignment, (node, operand) -> false);
    }

    /**
     * The same where EPILOGUE fusions may have their result where an operand of the same type lies.
     *
     * @param replaced whether the backend can do so with a fusion and one of its operands
     */
    public static MemoryPlan of(Program scheduled, long alignment, BiPredicate<Node, Value> replaced) {
        return new MemoryPlan(scheduled, alignment, new InPlace(replaced));
    }

    private void placeGiven() {
        for (int i = 0; i < program.parameters().size(); i++) {
            locations.put(program.parameters().get(i), Location.parameter(i));
        }
        int constants = 0;
        for (Node node : program.nodes()) {
            if (node.op() instanceof Constant) {
                locations.put(node.output(), Location.constant(constants++));
            }
        }
    }

    /** Where a parameter or a node's result lives from the time it is computed to its last reader. */
    public Location locationOf(Value value) {
        Location location = locations.get(views.rootOf(value));
        if (location == null) {
            throw new IllegalArgumentException("locationOf: a value of the planned program is required. Received: " + value
                    + " of " + value.type() + ".");
        }
        return location;
    }

    /** How large the arena has to be. */
    public long arenaBytes() {
        return arenaBytes;
    }

    /** The most bytes of the arena that hold living values at one time: no plan with these sharings needs less. */
    public long arenaLowerBound() {
        return lowerBound;
    }

    /** What is left to be copied after the last node, in this order. */
    public List<Copy> finalCopies() {
        return finalCopies;
    }
}
