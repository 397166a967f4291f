package dev.keratin.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Pool;
import dev.keratin.backend.ir.PoolGrad;
import dev.keratin.backend.ir.PoolKind;
import dev.keratin.backend.ir.PoolSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {
    private static final DType[] TYPES = {DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16, DType.FLOAT16};

    @ParameterizedTest
    @CsvSource({
        // input, window, strides, lows, highs
        "2 9 3, 2, 2, 0, 0",
        "2 9 17, 3, 1, 1, 1",
        "2 8 8 32, 2 2, 2 2, 0 0, 0 0",
        "2 9 7 21, 2 2, 2 2, 0 0, 0 0",
        "2 9 7 21, 2 2, 2 2, 0 1, 1 0",
        "2 9 9 16, 3 3, 2 2, 0 1, 1 1",
        "2 7 7 40, 7 7, 1 1, 0 0, 0 0",
        "2 7 7 5, 2 1, 3 3, 0 0, 0 0",
        "1 10 12 3, 9 9, 1 1, 0 0, 0 0",
        "2 4 5 6 8, 2 2 2, 2 1 2, 0 1 0, 0 0 0",
        "0 8 8 3, 2 2, 2 2, 0 0, 0 0"
    })
    void pool_everyGeometry_agreesWithItsGradient(String input, String window, String strides, String lows, String highs) {
        PoolSpec spec = new PoolSpec(ints(window), ints(strides), ints(lows), ints(highs));
        for (PoolKind kind : PoolKind.values()) {
            for (DType dtype : TYPES) {
                TensorType x = TensorType.of(dtype, ints(input).stream().mapToLong(i -> i).toArray());
                Agreement.check(new Pool(kind, spec), x);
                Agreement.check(new PoolGrad(kind, spec), x, new Pool(kind, spec).infer(List.of(x)).get(0));
            }
        }
    }

    @Test
    void poolGrad_tieAndNaN_goesToTheFirst() {
        PoolSpec spec = new PoolSpec(List.of(3), List.of(3), List.of(0), List.of(0));
        TensorType x = TensorType.of(DType.FLOAT32, 1, 6, 1);
        ByteBuffer values = floats(1, 2, 2, 3, Float.NaN, Float.NaN);
        var program = Agreement.program(new PoolGrad(PoolKind.MAX, spec), x, TensorType.of(DType.FLOAT32, 1, 2, 1));

        List<double[]> result = Agreement.run(new NativeCpuProvider().create(), program, List.of(values, floats(5, 7)));

        assertThat(result.get(0)).containsExactly(0, 5, 0, 0, 7, 0);
    }

    private static ByteBuffer floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static List<Integer> ints(String text) {
        return Arrays.stream(text.split(" ")).map(Integer::valueOf).toList();
    }
}
