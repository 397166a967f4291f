package dev.keratin.backend.cuda;

import dev.keratin.backend.compiler.IndexChecks;
import dev.keratin.backend.compiler.MemoryPlan;
import dev.keratin.backend.compiler.MemoryPlan.Location;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lowers one program: knows where its values lie, and collects its steps. */
final class Code {
    private static final long ALIGNMENT = 256;

    private final Program program;
    private final DeviceConstants constants;
    private final MemoryPlan plan;
    private final List<Literal> numbered = new ArrayList<>();
    private final Map<Value, Literal> literals = new HashMap<>();
    private final Map<Value, Slot> placed = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final IndexChecks checks = new IndexChecks();
    private final IndexBounds bounds;
    private final BitSet checking = new BitSet();
    private final boolean whole;
    private boolean unsure;
    private long scratch;
    private long mostScratch;

    private Code(Program program, DeviceConstants constants, boolean whole) {
        this.program = program;
        this.constants = constants;
        this.whole = whole;
        this.plan = plan(program);
        this.bounds = new IndexBounds(program);
        for (Node node : program.nodes()) {
            if (node.op() instanceof Constant constant) {
                numbered.add(constant.value());
                define(node.output(), constant.value());
            }
        }
    }

    /** The steps of an optimised program. */
    static Plan lower(Program program, DeviceConstants constants) {
        Code code = new Code(program, constants, true);
        code.writeNodes();
        code.requireChecks();
        return code.finished();
    }

    /** The steps of a body, whose memory is scratch of the current node. */
    Plan body(Program body) {
        Code code = new Code(body, constants, false);
        code.writeNodes();
        unsure |= code.unsure;
        if (code.bounds.isNeeded()) {
            bounds.giveUp();
        }
        return code.finished();
    }

    private void writeNodes() {
        for (Node node : program.nodes()) {
            scratch = 0;
            if (writesParameter(node)) {
                requireChecks();
            }
            Families.of(node.op()).write(node, this);
            checks.add(node);
        }
    }

    private Plan finished() {
        for (MemoryPlan.Copy copy : plan.finalCopies()) {
            copy(of(copy.from()), of(copy.to()), copy.bytes());
        }
        return new Plan(steps, lines, aligned(plan.arenaBytes()) + mostScratch, program.parameters().size(),
                program.results().size(), checking, bounds);
    }

    private boolean writesParameter(Node node) {
        return node.outputs().stream().filter(value -> !literals.containsKey(value))
                .anyMatch(value -> plan.locationOf(value).space() == MemoryPlan.Space.PARAMETER);
    }

    /** Checks the indices of a node, unless they are known to be in range, before the node writes anything that lasts. */
    void checkIndices(Node node) {
        if (!checks.isSure(node.op(), node.inputs())) {
            int first = steps.size();
            guard().check(node, this);
            checking.set(first, steps.size());
            bounds.add(node);
            unsure = true;
        }
        if (writesParameter(node)) {
            requireChecks();
        }
    }

    /** Ends the run here if an index was out of range. */
    private void requireChecks() {
        if (unsure) {
            checking.set(steps.size());
            addOnHost("wait for checks of indices", frame -> guard().require());
            unsure = false;
        }
    }

    IndexGuard guard() {
        return constants.guard();
    }

    GpuDriver driver() {
        return constants.driver();
    }

    /** Adds a step. */
    void add(String line, Step step) {
        lines.add(line);
        steps.add(step);
    }

    /** Adds a step in which the host reads what the device has computed; such a program can't be captured in a graph. */
    void addOnHost(String line, Step step) {
        add(line, Step.waiting(step));
    }

    /** Adds a copy, unless it would change nothing. */
    void copy(Slot from, Slot to, long bytes) {
        if (bytes > 0 && !from.equals(to)) {
            add("copy of " + bytes + " bytes", frame -> frame.driver().copy(frame.at(from), frame.at(to), bytes));
        }
    }

    /** Adds a call of a library routine. */
    void call(LibraryCall call, String line, Slot... operands) {
        call(call, scratch(call.scratchBytes()), line, operands);
    }

    /** Adds a call that works in memory shared with other calls. */
    void call(LibraryCall call, Slot working, String line, Slot... operands) {
        long[] addresses = new long[operands.length];
        add(line, frame -> {
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = frame.at(operands[i]);
            }
            call.run(addresses, frame.at(working));
        });
    }

    /** Memory that belongs to the current node until its last step is done. */
    Slot scratch(long bytes) {
        Slot slot = new Slot(Slot.ARENA, aligned(plan.arenaBytes()) + scratch);
        scratch += aligned(bytes);
        mostScratch = Math.max(mostScratch, scratch);
        return slot;
    }

    /** Bytes rounded up, so that what follows is aligned. */
    static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Where a value lies. */
    Slot slot(Value value) {
        Literal literal = literals.get(value);
        if (literal != null) {
            return constant(literal);
        }
        Slot slot = placed.get(value);
        return slot != null ? slot : of(plan.locationOf(value));
    }

    /**
     * Whether a value begins at a multiple of some bytes in every run: buffers do; what a body of a loop reads and writes can be
     * part of a larger value, which begins at a multiple of its own size.
     */
    boolean isAligned(Value value, long bytes) {
        return whole || value.type().byteSize() % bytes == 0;
    }

    private Slot of(Location location) {
        return switch (location.space()) {
            case PARAMETER -> new Slot(Slot.FIRST_PARAMETER + location.index(), 0);
            case RESULT -> new Slot(Slot.FIRST_PARAMETER + program.parameters().size() + location.index(), 0);
            case CONSTANT -> constant(numbered.get(location.index()));
            case ARENA -> new Slot(Slot.ARENA, location.offset());
        };
    }

    /** Where the elements of a literal lie on the device. */
    Slot constant(Literal literal) {
        return new Slot(Slot.ADDRESS, constants.address(literal));
    }

    /** Says where a value of a fusion's body lies. */
    void place(Value value, Slot slot) {
        placed.put(value, slot);
    }

    /** Where the values of a program lie. */
    static MemoryPlan plan(Program program) {
        return MemoryPlan.of(program, ALIGNMENT);
    }

    /** Makes a constant of a fusion's body known. */
    void define(Value value, Literal literal) {
        literals.put(value, literal);
    }

    /** The elements of a value that is known before the program runs. */
    Optional<Literal> literal(Value value) {
        return Optional.ofNullable(literals.get(value));
    }
}
