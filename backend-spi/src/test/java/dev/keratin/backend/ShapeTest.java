package dev.keratin.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ShapeTest {
    private static final Shape SHAPE = Shape.of(2, 3, 4);

    @Test
    void accessors_ofThreeAxes_countFromBothEnds() {
        assertThat(SHAPE.rank()).isEqualTo(3);
        assertThat(SHAPE.dim(0)).isEqualTo(2);
        assertThat(SHAPE.dim(-1)).isEqualTo(4);
        assertThat(SHAPE.size()).isEqualTo(24);
        assertThat(SHAPE.strides()).containsExactly(12, 4, 1);
        assertThat(SHAPE.toList()).containsExactly(2L, 3L, 4L);
        assertThat(Shape.scalar().size()).isOne();
        assertThat(Shape.of(3, 0).size()).isZero();
    }

    @Test
    void derived_shapes_changeOneAxis() {
        assertThat(SHAPE.with(-1, 7)).isEqualTo(Shape.of(2, 3, 7));
        assertThat(SHAPE.remove(1)).isEqualTo(Shape.of(2, 4));
        assertThat(SHAPE.insert(3, 5)).isEqualTo(Shape.of(2, 3, 4, 5));
        assertThat(SHAPE.subShape(1, 3)).isEqualTo(Shape.of(3, 4));
        assertThat(SHAPE.concat(Shape.of(9))).isEqualTo(Shape.of(List.of(2L, 3L, 4L, 9L)));
    }

    @Test
    void dims_changedOutside_stayAsTheyWere() {
        long[] dims = {2, 3};
        Shape shape = Shape.of(dims);
        dims[0] = 9;
        shape.dims()[1] = 9;
        assertThat(shape).isEqualTo(Shape.of(2, 3)).hasToString("[2, 3]");
    }

    @Test
    void broadcast_alignedAtTheLastAxis_stretchesOnes() {
        assertThat(Shape.broadcast(Shape.of(2, 1, 4), Shape.of(3, 1))).isEqualTo(Shape.of(2, 3, 4));
        assertThat(Shape.broadcast(Shape.scalar(), Shape.of(0))).isEqualTo(Shape.of(0));
        assertThat(Shape.broadcast(Shape.of(1), Shape.of(0))).isEqualTo(Shape.of(0));
        assertThatThrownBy(() -> Shape.broadcast(Shape.of(2, 3), Shape.of(4))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("broadcast: lengths that are equal or 1 are required, counted from the last axis."
                        + " Received: [2, 3] and [4] (3 vs 4). Add axes of length 1 with expandDims where they are missing, or"
                        + " reshape.");
    }

    @Test
    void unknownLength_isPrintedAsNull() {
        Shape open = Shape.of(Shape.UNKNOWN, 3);
        assertThat(open.isStatic()).isFalse();
        assertThat(open).hasToString("[null, 3]");
        assertThat(SHAPE.isStatic()).isTrue();
    }

    @Test
    void wrongAxesAndLengths_areRefused() {
        assertThatThrownBy(() -> SHAPE.dim(3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("axis: from -3 to 2 is required for shape [2, 3, 4]. Received: 3.");
        assertThatThrownBy(() -> Shape.of(2, -2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Shape: axis lengths of at least 0 are required. Received: [2, -2].");
        assertThatThrownBy(() -> Shape.of(1L << 40, 1L << 40).size()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void dtype_names_areThoseOfKeras() {
        assertThat(DType.of("bfloat16")).isSameAs(DType.BFLOAT16);
        assertThat(TensorType.of(DType.UINT8, 2, 3)).hasToString("uint8[2, 3]");
        assertThat(TensorType.of(DType.FLOAT64, 2, 3).byteSize()).isEqualTo(48);
        assertThatThrownBy(() -> DType.of("float")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DType: a name of an element type is required. Received: \"float\"."
                        + " Known: float16, bfloat16, float32, float64, int8, uint8, int32, int64, bool.");
    }
}
