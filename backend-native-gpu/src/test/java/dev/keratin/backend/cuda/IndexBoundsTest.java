package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Binary;
import dev.keratin.backend.ir.BinaryKind;
import dev.keratin.backend.ir.Cast;
import dev.keratin.backend.ir.Compare;
import dev.keratin.backend.ir.CompareKind;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.Select;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.spi.Buffer;
import dev.keratin.backend.spi.Executable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** When a step waits for the device's checks of indices, on the fake device. */
@EnabledOnOs(OS.LINUX)
class IndexBoundsTest extends OnFakeDevice {
    private static final TensorType TABLE = TensorType.of(DType.FLOAT32, 3);
    private static final TensorType INDEX = TensorType.of(DType.INT32, 2);
    private static final String WAIT = "cuMemcpyDtoHAsync_v2";

    private Buffer table;
    private Buffer indices;
    private Buffer result;
    private Executable executable;

    @BeforeEach
    void prepare() {
        table = backend.allocate(TABLE);
        table.write(OnShim.of(DType.FLOAT32, 1, 2, 3));
        indices = backend.allocate(INDEX);
        result = backend.allocate(TensorType.of(DType.FLOAT32, 2));
        executable = backend.compile(lookUp());
    }

    @AfterEach
    void close() {
        executable.close();
        table.close();
        indices.close();
        result.close();
    }

    /** Rows of a table, which is then doubled: an index goes through float32, and a negative one counts from the end. */
    private static Program lookUp() {
        ProgramBuilder builder = new ProgramBuilder();
        Value table = builder.parameter(TABLE);
        Value index = builder.add(new Cast(DType.INT32), builder.add(new Cast(DType.FLOAT32), builder.parameter(INDEX)));
        Value negative = builder.add(new Compare(CompareKind.LT), index, builder.constant(Literal.splat(INDEX, 0L)));
        Value wrapped = builder.add(new Binary(BinaryKind.ADD), index, builder.constant(Literal.splat(INDEX, 3L)));
        Value rows = builder.add(new Gather(0), table, builder.add(new Select(), negative, wrapped, index));
        builder.update(table, builder.add(new Binary(BinaryKind.ADD), table, table));
        return builder.build(rows);
    }

    /** What a run calls. */
    private String run() {
        FakeCuda.calls();
        executable.run(new Buffer[] {table, indices}, new Buffer[] {result});
        return FakeCuda.calls();
    }

    @Test
    void run_indicesOfTheHostInRange_isOneCallWithoutWaiting() {
        indices.write(OnShim.of(DType.INT32, 2, 0));
        assertThat(run()).contains("cuLaunchKernel").doesNotContain(WAIT);
        run();
        assertThat(run()).isEqualTo("cuGraphLaunch\n");
        assertThat(OnShim.read(result)).isEqualTo(OnShim.of(DType.FLOAT32, 12, 4));
    }

    @Test
    void run_allIndicesNegativeInRange_doesNotWait() {
        indices.write(OnShim.of(DType.INT32, -1, -3));
        assertThat(run()).doesNotContain(WAIT);
        assertThat(OnShim.read(result)).isEqualTo(OnShim.of(DType.FLOAT32, 3, 1));
    }

    @Test
    void run_indicesOfBothSigns_areCheckedByTheDevice() {
        indices.write(OnShim.of(DType.INT32, -1, 1));
        assertThat(run()).contains(WAIT);
        assertThat(OnShim.read(result)).isEqualTo(OnShim.of(DType.FLOAT32, 3, 2));
    }

    @Test
    void run_indexOutOfRangeAfterGoodOnes_failsAndChangesNothing() {
        indices.write(OnShim.of(DType.INT32, 2, 0));
        run();
        indices.write(OnShim.of(DType.INT32, 2, 3));
        assertThatThrownBy(this::run).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("index from 0 to 2 is required. Received: 3 at position 1");
        assertThat(OnShim.read(table)).isEqualTo(OnShim.of(DType.FLOAT32, 2, 4, 6));
    }

    @Test
    void run_indicesThatTheDeviceComputed_areChecked() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(INDEX);
        Program twice = builder.build(builder.add(new Binary(BinaryKind.ADD), x, x));
        try (Executable doubling = backend.compile(twice); Buffer half = backend.allocate(INDEX)) {
            indices.write(OnShim.of(DType.INT32, 0, 0));
            half.write(OnShim.of(DType.INT32, 1, 2));
            doubling.run(new Buffer[] {half}, new Buffer[] {indices});
            assertThatThrownBy(this::run).isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining("Received: 4 at position 1");
        }
    }

    /** Takes two rows of some indices of the host as the indices of a run. */
    private void select(double... all) {
        ProgramBuilder builder = new ProgramBuilder();
        TensorType type = TensorType.of(DType.INT32, all.length);
        Program rows = builder.build(builder.add(new Gather(0), builder.parameter(type), builder.parameter(INDEX)));
        try (Executable selecting = backend.compile(rows); Buffer from = backend.allocate(type); Buffer which = backend.allocate(INDEX)) {
            from.write(OnShim.of(DType.INT32, all));
            which.write(OnShim.of(DType.INT32, 3, 0));
            selecting.run(new Buffer[] {from, which}, new Buffer[] {indices});
        }
    }

    @Test
    void run_rowsOfIndicesOfTheHost_doesNotWait() {
        select(1, 0, 0, 2);
        assertThat(run()).contains("cuLaunchKernel").doesNotContain(WAIT);
        assertThat(OnShim.read(result)).isEqualTo(OnShim.of(DType.FLOAT32, 3, 2));
    }

    @Test
    void run_rowsOfIndicesOfWhichOthersAreOutOfRange_areChecked() {
        select(1, 7, 0, 2);
        assertThat(run()).contains(WAIT);
        assertThat(OnShim.read(result)).isEqualTo(OnShim.of(DType.FLOAT32, 3, 2));
    }

    @Test
    void run_indicesThatAProgramChanged_areChecked() {
        ProgramBuilder builder = new ProgramBuilder();
        Value x = builder.parameter(INDEX);
        builder.update(x, builder.add(new Binary(BinaryKind.ADD), x, x));
        try (Executable doubling = backend.compile(builder.build())) {
            indices.write(OnShim.of(DType.INT32, 1, 2));
            doubling.run(new Buffer[] {indices}, new Buffer[0]);
            assertThatThrownBy(this::run).isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining("Received: 4 at position 1");
        }
    }
}
