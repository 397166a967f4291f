package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class IndexGuardTest {
    private static final TensorType TABLE = TensorType.of(DType.FLOAT32, 3, 2);
    private static final TensorType INDEX = TensorType.of(DType.INT32, 2);

    private static Program lookUp() {
        ProgramBuilder builder = new ProgramBuilder();
        Value table = builder.parameter(TABLE);
        return builder.build(builder.add(new Gather(0), table, builder.parameter(INDEX)));
    }

    @Test
    void run_goodIndicesAfterBadOnes_succeeds() {
        Program program = lookUp();
        try (Executable executable = OnShim.BACKEND.compile(program);
                Buffer table = OnShim.BACKEND.allocate(TABLE);
                Buffer indices = OnShim.BACKEND.allocate(INDEX);
                Buffer result = OnShim.BACKEND.allocate(TensorType.of(DType.FLOAT32, 2, 2))) {
            table.write(OnShim.of(DType.FLOAT32, 1, 2, 3, 4, 5, 6));
            indices.write(OnShim.of(DType.INT32, 1, 7));
            assertThatThrownBy(() -> executable.run(new Buffer[] {table, indices}, new Buffer[] {result}))
                    .isInstanceOf(IndexOutOfBoundsException.class).hasMessage("gather: index from 0 to 2 is required."
                            + " Received: 7 at position 1. Correct the indices or take an axis that is long enough.");
            indices.write(OnShim.of(DType.INT32, 2, 0));
            executable.run(new Buffer[] {table, indices}, new Buffer[] {result});
            assertThat(OnShim.read(result)).isEqualTo(OnShim.of(DType.FLOAT32, 5, 6, 1, 2));
        }
    }

    @Test
    void run_severalBadIndices_namesTheFirstOfTheFirstNode() {
        ProgramBuilder builder = new ProgramBuilder();
        Value table = builder.parameter(TABLE);
        Value pairs = builder.parameter(TensorType.of(DType.INT64, 2, 2));
        Value first = builder.add(new GatherNd(), table, pairs);
        Program program = builder.build(first, builder.add(new Gather(1), table, builder.parameter(INDEX)));
        List<ByteBuffer> arguments = List.of(OnShim.random(TABLE), OnShim.of(DType.INT64, 2, 1, 2, -5), OnShim.of(DType.INT32, 9, 8));
        assertThatThrownBy(() -> OnShim.run(OnShim.BACKEND, program, arguments)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageStartingWith("gatherNd: index from 0 to 1 on axis 1 is required. Received: -5 at position 3.");
    }

    @Test
    void run_badIndexInScan_namesThatOfTheFirstStep() {
        ProgramBuilder body = new ProgramBuilder();
        Value sum = body.parameter(TensorType.of(DType.FLOAT32, 2));
        Value index = body.parameter(TensorType.of(DType.INT32));
        Value row = body.add(new Gather(0), body.parameter(TABLE), index);
        Program step = body.build(body.add(new Binary(BinaryKind.ADD), sum, row));
        ProgramBuilder builder = new ProgramBuilder();
        Value start = builder.parameter(TensorType.of(DType.FLOAT32, 2));
        Value indices = builder.parameter(TensorType.of(DType.INT32, 4));
        Program program = builder.build(builder.add(new Scan(step, 1, 1, 4, false, false),
                List.of(start, indices, builder.parameter(TABLE))));
        List<ByteBuffer> arguments = List.of(OnShim.of(DType.FLOAT32, 0, 0), OnShim.of(DType.INT32, 1, 5, 2, 4), OnShim.random(TABLE));
        assertThatThrownBy(() -> OnShim.run(OnShim.BACKEND, program, arguments)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("Received: 5 at position 0");
    }

    /** The next index is read from the table; 0 leads to itself, so that a run that goes on with it never ends. */
    @Test
    @Timeout(600)
    void run_badIndexDecidesWhenToStop_endsTheLoop() {
        TensorType scalar = TensorType.of(DType.INT32);
        ProgramBuilder condition = new ProgramBuilder();
        Value here = condition.parameter(scalar);
        condition.parameter(INDEX);
        Program test = condition.build(condition.add(new Compare(CompareKind.LT), here,
                condition.constant(Literal.scalar(DType.INT32, 1000))));
        ProgramBuilder body = new ProgramBuilder();
        Value at = body.parameter(scalar);
        Value next = body.parameter(INDEX);
        Program step = body.build(body.add(new Gather(0), next, at), next);
        ProgramBuilder builder = new ProgramBuilder();
        Program program = builder.build(builder.add(new While(test, step), List.of(builder.parameter(scalar), builder.parameter(INDEX))));
        assertThatThrownBy(() -> OnShim.run(OnShim.BACKEND, program, List.of(OnShim.of(DType.INT32, 1), OnShim.of(DType.INT32, 0, 77))))
                .isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining("Received: 77 at position 0");
    }

    @Test
    void scatter_intoAnUpdatedParameter_checksBeforeItWrites() {
        ProgramBuilder builder = new ProgramBuilder();
        Value table = builder.parameter(TABLE);
        Value indices = builder.parameter(TensorType.of(DType.INT32, 2, 1));
        Value rows = builder.parameter(TensorType.of(DType.FLOAT32, 2, 2));
        builder.update(table, builder.add(new ScatterNd(ScatterKind.ADD), table, indices, rows));
        Program program = builder.build();
        try (Executable executable = OnShim.BACKEND.compile(program)) {
            List<String> steps = executable.explain().lines().filter(line -> line.matches("check_.*|wait .*|look|scatter_.*|copy .*"))
                    .map(line -> line.replaceAll("[_ ].*", "")).toList();
            assertThat(steps).containsExactly("check", "look", "wait", "scatter");
        }
    }
}
