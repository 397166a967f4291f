package dev.keratin.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.ProgramBuilder;
import dev.keratin.backend.ir.TopK;
import dev.keratin.backend.spi.Executable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that are longer than what one block sorts. */
@EnabledOnOs(OS.LINUX)
class OrderTest {
    /** Whole numbers below 50 in the types that are not floating, so that most elements have equals. */
    @ParameterizedTest
    @CsvSource({"FLOAT32, 20001, 1", "INT32, 20001, 7", "INT64, 9000, 512", "FLOAT64, 5000, 513", "INT8, 5000, 4999"})
    void topK_ofLongLines_agreesWithReference(DType dtype, long length, int k) {
        TensorType type = TensorType.of(dtype, 2, length);
        ProgramBuilder builder = new ProgramBuilder();
        OnShim.check(builder.build(builder.add(new TopK(k), List.of(builder.parameter(type)))), 0, List.of(OnShim.random(type)));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 4100, true", "UINT8, 4097, false", "INT64, 8192, true"})
    void argSort_ofLongColumns_agreesWithReference(DType dtype, long length, boolean descending) {
        TensorType type = TensorType.of(dtype, length, 3);
        ProgramBuilder builder = new ProgramBuilder();
        OnShim.check(builder.build(builder.add(new ArgSort(0, descending), builder.parameter(type))), 0, List.of(OnShim.random(type)));
    }

    @Test
    void topK_ofFew_neverMerges() {
        ProgramBuilder builder = new ProgramBuilder();
        Program program = builder.build(builder.add(new TopK(5), List.of(builder.parameter(TensorType.of(DType.FLOAT32, 1, 100_000)))));
        try (Executable executable = OnShim.BACKEND.compile(program)) {
            assertThat(executable.explain()).doesNotContain("merge_").containsPattern("(?s)sort_.*sort_");
        }
    }
}
