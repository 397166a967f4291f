package dev.keratin.backend.cpu;

import dev.keratin.backend.compiler.MemoryPlan;
import dev.keratin.backend.compiler.MemoryPlan.Location;
import dev.keratin.backend.compiler.MemoryPlan.Space;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the values of one program lie: its memory plan in the terms of {@code frame.h}. */
final class Placement {
    /** Bytes that every place in the arena is a multiple of. */
    static final long ALIGNMENT = 64;

    private final Program program;
    private final boolean isBody;
    private final ConstantPool pool;
    private final MemoryPlan plan;
    private final Reads reads;
    private final List<Literal> constants = new ArrayList<>();
    private final Map<Value, Literal> literals = new HashMap<>();
    private final BitSet updated = new BitSet();

    /**
     * Places the values of a program.
     *
     * @param isBody whether it is a part of another program, with other arguments each time it runs
     */
    Placement(Program program, ConstantPool pool, boolean isBody) {
        this.program = program;
        this.isBody = isBody;
        this.pool = pool;
        this.plan = plan(program);
        program.updates().forEach(update -> updated.set(update.parameter()));
        this.reads = new Reads(program);
        program.nodes().forEach(node -> {
            if (node.op() instanceof Constant constant) {
                constants.add(constant.value());
                define(node.output(), constant.value());
            }
        });
    }

    /** Where the values of a program lie. */
    static MemoryPlan plan(Program program) {
        return MemoryPlan.of(program, ALIGNMENT, Epilogues::canReplace);
    }

    Program program() {
        return program;
    }

    /** The memory that constants of this program and its bodies lie in. */
    ConstantPool pool() {
        return pool;
    }

    /** Where a value lies. Constants are copied to native memory when asked for the first time. */
    Slot of(Value value) {
        Literal literal = literals.get(value);
        return literal != null ? constant(literal) : of(plan.locationOf(value));
    }

    /** Whether runs of the program leave a value as it is: a constant, or a parameter that is not updated. */
    boolean stays(Value value) {
        if (literals.containsKey(value)) {
            return true;
        }
        Location location = plan.locationOf(value);
        return location.space() == Space.PARAMETER && !isBody && !updated.get(location.index());
    }

    /** Whether a value is a parameter that stays as it is and that is read at one place in the program. */
    boolean staysForOne(Value value) {
        return stays(value) && !literals.containsKey(value) && reads.count(value) == 1
                && program.parameters().get(plan.locationOf(value).index()) == value;
    }

    /** A place in the terms of {@code frame.h}. */
    Slot of(Location location) {
        return switch (location.space()) {
            case PARAMETER -> new Slot(Slot.FIRST_PARAMETER + location.index(), 0);
            case RESULT -> new Slot(Slot.FIRST_PARAMETER + program.parameters().size() + location.index(), 0);
            case CONSTANT -> constant(constants.get(location.index()));
            case ARENA -> new Slot(Slot.ARENA, location.offset());
        };
    }

    private Slot constant(Literal literal) {
        return new Slot(Slot.ADDRESS, pool.address(literal));
    }

    /** Makes a constant of a fusion's body known. */
    void define(Value value, Literal literal) {
        literals.put(value, literal);
    }

    /** The elements of a value that is known before the program runs. */
    Optional<Literal> literal(Value value) {
        return Optional.ofNullable(literals.get(value));
    }

    /** Bytes that the values need in the arena. */
    long arenaBytes() {
        return plan.arenaBytes();
    }

    /** What is to be moved when all nodes have run, in this order. */
    List<MemoryPlan.Copy> finalCopies() {
        return plan.finalCopies();
    }
}
