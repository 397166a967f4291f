package dev.keratin.backend.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.TensorType;
import dev.keratin.backend.compiler.MemoryPlan.Location;
import dev.keratin.backend.compiler.MemoryPlan.Space;
import dev.keratin.backend.ir.Constant;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a program in the memory that its plan gives it, and checks that no parameter changes before a node that can fail. */
final class PlannedRun {
    private static final int ALIGNMENT = 64;
    private static final byte GARBAGE = 0x7f;

    private final Program program;
    private final MemoryPlan plan;
    private final List<byte[]> parameters = new ArrayList<>();
    private final List<byte[]> results = new ArrayList<>();
    private final List<byte[]> constants = new ArrayList<>();
    private final byte[] arena;
    private final Evaluator evaluator = new Evaluator();

    private PlannedRun(Program program, List<Literal> arguments) {
        this.program = program;
        this.plan = MemoryPlan.of(program, ALIGNMENT);
        arguments.forEach(argument -> parameters.add(bytes(argument)));
        program.resultTypes().forEach(type -> results.add(garbage(type.byteSize())));
        program.nodes().stream().filter(node -> node.op() instanceof Constant)
                .forEach(node -> constants.add(bytes(((Constant) node.op()).value())));
        arena = garbage(plan.arenaBytes());
    }

    /** The results, then all parameters. */
    static List<Literal> run(Program program, List<Literal> arguments) {
        return new PlannedRun(program, arguments).run();
    }

    private List<Literal> run() {
        Failures failures = new Failures(program);
        List<byte[]> before = parameters.stream().map(byte[]::clone).toList();
        for (Node node : program.nodes()) {
            if (failures.canFail(node)) {
                for (int i = 0; i < before.size(); i++) {
                    assertThat(parameters.get(i)).isEqualTo(before.get(i));
                }
            }
            if (!Views.isView(node.op()) && !(node.op() instanceof Constant)) {
                run(node);
            }
        }
        plan.finalCopies().forEach(copy -> write(copy.to(), Arrays.copyOfRange(
                memory(copy.from()), (int) copy.from().offset(), (int) (copy.from().offset() + copy.bytes()))));
        List<Literal> left = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            left.add(read(program.resultTypes().get(i), Location.result(i)));
        }
        for (int i = 0; i < parameters.size(); i++) {
            left.add(read(program.parameterTypes().get(i), Location.parameter(i)));
        }
        return left;
    }

    private void run(Node node) {
        List<Literal> operands = node.inputs().stream().map(value -> read(value.type(), plan.locationOf(value))).toList();
        List<Literal> computed = evaluator.evaluate(node.op(), operands);
        for (int i = 0; i < computed.size(); i++) {
            Value output = node.outputs().get(i);
            assertThat(plan.locationOf(output).offset() % ALIGNMENT).isZero();
            write(plan.locationOf(output), bytes(computed.get(i)));
        }
    }

    private byte[] memory(Location location) {
        return switch (location.space()) {
            case PARAMETER -> parameters.get(location.index());
            case RESULT -> results.get(location.index());
            case CONSTANT -> constants.get(location.index());
            case ARENA -> arena;
        };
    }

    private Literal read(TensorType type, Location location) {
        return Literal.of(type, ByteBuffer.wrap(memory(location), (int) location.offset(), (int) type.byteSize()).slice()
                .order(ByteOrder.LITTLE_ENDIAN));
    }

    private void write(Location location, byte[] bytes) {
        assertThat(location.space()).isNotEqualTo(Space.CONSTANT);
        System.arraycopy(bytes, 0, memory(location), (int) location.offset(), bytes.length);
    }

    private static byte[] garbage(long size) {
        byte[] bytes = new byte[(int) size];
        Arrays.fill(bytes, GARBAGE);
        return bytes;
    }

    private static byte[] bytes(Literal literal) {
        ByteBuffer buffer = ByteBuffer.allocate((int) literal.type().byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        literal.copyTo(buffer);
        return buffer.array();
    }
}
