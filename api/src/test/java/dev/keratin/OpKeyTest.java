package dev.keratin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.Literal;
import dev.keratin.backend.ir.Op;
import dev.keratin.backend.ir.Scan;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OpKeyTest {
    /** A scan that adds a constant of 20 elements, too many to be part of a program's text. */
    private static Op scan(long lastElement, boolean reverse) {
        long[] values = LongStream.concat(LongStream.range(0, 19), LongStream.of(lastElement)).toArray();
        TensorType row = TensorType.of(DType.INT32, 20);
        Body body = Body.trace("scan", List.of(row),
                in -> List.of(Ops.add(in.get(0), Ops.constant(Literal.longs(DType.INT32, values)))));
        return new Scan(body.program(), 0, 1, 3, reverse, true);
    }

    @Test
    void of_sameBodyTracedTwice_isEqual() {
        assertThat(OpKey.of(scan(5, false))).isEqualTo(OpKey.of(scan(5, false)));
    }

    @Test
    void of_otherConstantOrField_differs() {
        assertThat(OpKey.of(scan(5, false))).isNotEqualTo(OpKey.of(scan(6, false)));
        assertThat(OpKey.of(scan(5, false))).isNotEqualTo(OpKey.of(scan(5, true)));
    }
}
