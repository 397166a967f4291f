package dev.keratin.backend.cpu;

import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Reshape;
import dev.keratin.backend.ir.StopGradient;
import dev.keratin.backend.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the values of one program lie. */
final class Placement {
    /** Bytes to be moved when all nodes have run. */
    record FinalCopy(Value from, Slot to) {}

    private static final long ALIGNMENT = 64;

    private final Program program;
    private final ConstantPool constants;
    private final Map<Value, Node> producers;
    private final Map<Value, Slot> slots = new HashMap<>();
    private long arenaBytes;

    Placement(Program program, ConstantPool constants) {
        this.program = program;
        this.constants = constants;
        this.producers = program.producers();
        for (int i = 0; i < program.parameters().size(); i++) {
            slots.put(program.parameters().get(i), parameter(i));
        }
        for (Node node : program.nodes()) {
            if (node.op() instanceof Constant) {
                continue;
            }
            boolean view = node.op() instanceof Reshape || node.op() instanceof StopGradient;
            node.outputs().forEach(value -> slots.put(value, view ? of(node.inputs().get(0)) : arena(value)));
        }
    }

    private Slot arena(Value value) {
        Slot slot = new Slot(Slot.ARENA, arenaBytes);
        arenaBytes += (value.type().byteSize() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return slot;
    }

    private Slot parameter(int index) {
        return new Slot(Slot.FIRST_PARAMETER + index, 0);
    }

    private Slot result(int index) {
        return parameter(program.parameters().size() + index);
    }

    Program program() {
        return program;
    }

    /** The memory that constants of this program and its bodies lie in. */
    ConstantPool constants() {
        return constants;
    }

    /** Where a value lies. Constants are copied to native memory when asked for the first time. */
    Slot of(Value value) {
        Slot slot = slots.get(value);
        return slot != null ? slot : new Slot(Slot.ADDRESS, constants.address(literal(value).orElseThrow()));
    }

    /** The elements of a value that is known before the program runs. */
    Optional<Literal> literal(Value value) {
        Node producer = producers.get(value);
        return producer != null && producer.op() instanceof Constant constant ? Optional.of(constant.value()) : Optional.empty();
    }

    /** Bytes that the values need in the arena. */
    long arenaBytes() {
        return arenaBytes;
    }

    /** What is to be moved to results and parameters at the end, in this order. */
    List<FinalCopy> finalCopies() {
        List<FinalCopy> copies = new ArrayList<>();
        for (int i = 0; i < program.results().size(); i++) {
            copies.add(new FinalCopy(program.results().get(i), result(i)));
        }
        program.updates().forEach(update -> copies.add(new FinalCopy(update.value(), parameter(update.parameter()))));
        return copies;
    }
}
