package dev.keratin.backend.cuda;

import dev.keratin.backend.compiler.Cost;
import dev.keratin.backend.compiler.IndexChecks;
import dev.keratin.backend.compiler.MemoryPlan;
import dev.keratin.backend.compiler.MemoryPlan.Location;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Lowers one program: knows where its values lie, and collects its steps. */
final class Code {
    private static final long ALIGNMENT = 256;

    private final Program program;
    private final DeviceConstants constants;
    private final MemoryPlan plan;
    private final List<Literal> numbered = new ArrayList<>();
    private final Map<Value, Literal> literals = new HashMap<>();
    private final Map<Value, Slot> placed = new HashMap<>();
    private final List<Work> works = new ArrayList<>();
    private final Map<Extent, Slot> laidOut = new HashMap<>();
    private final List<Extent> beside = new ArrayList<>();
    private final IndexChecks checks = new IndexChecks();
    private final IndexBounds bounds;
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
        code.bounds.addResults();
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
            int first = works.size();
            beside.clear();
            Families.of(node.op()).write(node, this);
            describe(node, works.subList(first, works.size()));
            forgetWritten(node);
            checks.add(node);
        }
    }

    /** Notes what the steps of a node work on; what it costs is that of its call of a library, or of its first step. */
    private void describe(Node node, List<Work> own) {
        Touched touched = touched(node);
        Work costly = own.stream().filter(work -> work.launch() == null && !work.waits()).findFirst()
                .orElse(own.isEmpty() ? null : own.get(0));
        own.replaceAll(work -> described(work, touched, work == costly ? new Work.Cost(Cost.bytes(node), Cost.flops(node)) : Work.Cost.NONE));
    }

    private Work described(Work work, Touched touched, Work.Cost cost) {
        if (work.touched() != null) {
            return new Work(work.task(), work.role(), work.touched(), cost);
        }
        Work.Role role = scratch == 0 && work.role() == Work.Role.FIXED ? Work.Role.FREE : work.role();
        return new Work(work.task(), role, work.waits() ? null : touched, cost);
    }

    private Touched touched(Node node) {
        List<Extent> writes = new ArrayList<>(extents(node.outputs()));
        writes.addAll(beside);
        return new Touched(extents(node.inputs()), writes);
    }

    private void forgetWritten(Node node) {
        List<Extent> written = extents(node.outputs());
        laidOut.keySet().removeIf(source -> written.stream().anyMatch(source::overlaps));
    }

    /**
     * Where an operand of the current node lies in another order; as long as nobody writes to it, it is laid out once.
     *
     * @param write adds the launch that lays it out
     */
    Slot laidOut(Extent source, Consumer<Slot> write) {
        if (!whole) {
            Slot place = scratch(source.bytes());
            write.accept(place);
            return place;
        }
        Slot known = laidOut.get(source);
        Slot place = known != null ? known : own(source.bytes());
        if (known == null) {
            moving(source, new Extent(place, source.bytes()), () -> write.accept(place));
            laidOut.put(source, place);
        }
        beside.add(new Extent(place, source.bytes()));
        return place;
    }

    /**
     * Where the current node may write a result in another order before it is laid out as it should be.
     *
     * @param compute adds what writes it, given the place
     * @param write adds the launch that lays it out, given the same place
     */
    void layOut(Extent result, Consumer<Slot> compute, Consumer<Slot> write) {
        Slot place = whole ? own(result.bytes()) : scratch(result.bytes());
        beside.add(new Extent(place, result.bytes()));
        compute.accept(place);
        if (whole) {
            moving(new Extent(place, result.bytes()), result, () -> write.accept(place));
        } else {
            write.accept(place);
        }
    }

    /** Memory of which nobody else knows. */
    Slot own(long bytes) {
        return new Slot(Slot.ADDRESS, constants.reserve(bytes));
    }

    /** Lets launches move that are added now: they work on memory of their own. */
    private void moving(Extent from, Extent to, Runnable add) {
        int first = works.size();
        add.run();
        Touched touched = new Touched(List.of(from), List.of(to));
        works.subList(first, works.size()).replaceAll(work -> new Work(work.task(), Work.Role.FREE, touched, Work.Cost.NONE));
    }

    private List<Extent> extents(List<Value> values) {
        return values.stream().filter(value -> !literals.containsKey(value)).map(value -> new Extent(slot(value), value.type().byteSize())).toList();
    }

    private Plan finished() {
        for (MemoryPlan.Copy copy : plan.finalCopies()) {
            copy(of(copy.from()), of(copy.to()), copy.bytes());
        }
        List<Work> left = whole ? Works.merged(works) : works;
        return new Plan(left.stream().map(work -> PlannedStep.of(work, driver())).toList(), aligned(plan.arenaBytes()) + mostScratch,
                program.parameters().size(), program.results().size(), bounds);
    }

    private boolean writesParameter(Node node) {
        return node.outputs().stream().filter(value -> !literals.containsKey(value))
                .anyMatch(value -> plan.locationOf(value).space() == MemoryPlan.Space.PARAMETER);
    }

    /** Checks the indices of a node, unless they are known to be in range, before the node writes anything that lasts. */
    void checkIndices(Node node) {
        if (!checks.isSure(node.op(), node.inputs())) {
            int first = works.size();
            guard().check(node, this);
            works.subList(first, works.size()).replaceAll(work -> new Work(work.task(), Work.Role.CHECK, work.touched(), work.cost()));
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
            Step wait = Step.waiting(frame -> guard().require());
            works.add(new Work(new Work.Task(Work.HOST, "wait for checks of indices", wait, null), Work.Role.CHECK, null, Work.Cost.NONE));
            unsure = false;
        }
    }

    IndexGuard guard() {
        return constants.guard();
    }

    /** Zeros with which the blocks of one launch count; it leaves zeros behind. */
    Slot counts(long most) {
        return new Slot(Slot.ADDRESS, constants.counts(most));
    }

    GpuDriver driver() {
        return constants.driver();
    }

    /** Adds a launch. */
    void add(Launch launch) {
        works.add(Work.of(launch));
    }

    /** Adds a step of some kind. */
    void add(String kind, String line, Step step) {
        works.add(Work.of(kind, line, step));
    }

    /** Adds a step in which the host reads what the device has computed; such a program can't be captured in a graph. */
    void addOnHost(String line, Step step) {
        add(Work.HOST, line, Step.waiting(step));
    }

    /** Adds a copy, unless it would change nothing. */
    void copy(Slot from, Slot to, long bytes) {
        if (bytes > 0 && !from.equals(to)) {
            add(Work.COPY, "copy of " + bytes + " bytes", frame -> frame.driver().copy(frame.at(from), frame.at(to), bytes));
        }
    }

    /** Adds a call of a library routine. */
    void call(LibraryCall call, String line, Slot... operands) {
        call(call, scratch(call.scratchBytes()), line, operands);
    }

    /** Adds a call that works in memory shared with other calls. */
    void call(LibraryCall call, Slot working, String line, Slot... operands) {
        long[] addresses = new long[operands.length];
        add(call.library(), line, frame -> {
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

    /** The same for what lies in a slot. */
    boolean isAligned(Slot slot, long bytes) {
        return (whole || slot.base() < Slot.FIRST_PARAMETER) && slot.offset() % bytes == 0;
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
