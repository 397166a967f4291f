package dev.keratin.backend.reference;

import static dev.keratin.backend.reference.Eval.doubles;
import static dev.keratin.backend.reference.Eval.longs;
import static dev.keratin.backend.reference.Eval.vector;
import static dev.keratin.backend.reference.Eval.whole;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.backend.ir.ArgReduce;
import dev.keratin.backend.ir.ArgSort;
import dev.keratin.backend.ir.Broadcast;
import dev.keratin.backend.ir.Concat;
import dev.keratin.backend.ir.Cumulative;
import dev.keratin.backend.ir.CumulativeKind;
import dev.keratin.backend.ir.DynamicSlice;
import dev.keratin.backend.ir.DynamicUpdateSlice;
import dev.keratin.backend.ir.Gather;
import dev.keratin.backend.ir.GatherElements;
import dev.keratin.backend.ir.GatherNd;
import dev.keratin.backend.ir.MatMul;
import dev.keratin.backend.ir.Pad;
import dev.keratin.backend.ir.Reduce;
import dev.keratin.backend.ir.ReduceKind;
import dev.keratin.backend.ir.Reverse;
import dev.keratin.backend.ir.ScatterElements;
import dev.keratin.backend.ir.ScatterKind;
import dev.keratin.backend.ir.ScatterNd;
import dev.keratin.backend.ir.Slice;
import dev.keratin.backend.ir.Sort;
import dev.keratin.backend.ir.TopK;
import dev.keratin.backend.ir.Transpose;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values worked out by hand for ops that move, pick, order and combine elements. */
final class StructureTest {
    /** [[1, 2, 3], [4, 5, 6]]. */
    private final Tensor x = whole(TensorType.of(DType.INT32, 2, 3), 1, 2, 3, 4, 5, 6);

    @Test
    void movement_ofAMatrix_placesEachElement() {
        assertThat(longs(new Transpose(List.of(1, 0)), x)).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(longs(new Slice(List.of(0L, 0L), List.of(2L, 3L), List.of(1L, 2L)), x)).containsExactly(1, 3, 4, 6);
        assertThat(longs(new Reverse(List.of(1)), x)).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(longs(new Concat(1), x, x)).containsExactly(1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6);
        assertThat(longs(new Broadcast(Shape.of(2, 2)), whole(TensorType.of(DType.INT32, 2, 1), 7, 8))).containsExactly(7, 7, 8, 8);
        assertThat(longs(new Pad(List.of(1L, 0L), List.of(0L, 1L), List.of(0L, 1L)), x, whole(TensorType.of(DType.INT32), 0)))
                .containsExactly(0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0);
    }

    @Test
    void dynamicBlocks_beyondTheEnd_areMovedInside() {
        assertThat(longs(new DynamicSlice(Shape.of(1, 2)), x, whole(DType.INT64, 9, -4))).containsExactly(4, 5);
        Tensor update = whole(TensorType.of(DType.INT32, 1, 2), 8, 9);
        assertThat(longs(new DynamicUpdateSlice(), x, update, whole(DType.INT64, 0, 2))).containsExactly(1, 8, 9, 4, 5, 6);
    }

    @Test
    void gathers_pickByIndex() {
        assertThat(longs(new Gather(1), x, whole(DType.INT32, 2, 0))).containsExactly(3, 1, 6, 4);
        assertThat(longs(new GatherNd(), x, whole(TensorType.of(DType.INT32, 2, 2), 0, 2, 1, 1))).containsExactly(3, 5);
        assertThat(longs(new GatherElements(0), x, whole(TensorType.of(DType.INT64, 1, 3), 1, 0, 1))).containsExactly(4, 2, 6);
    }

    @Test
    void scatters_everyKind_combineRepeatedIndices() {
        Tensor row = whole(DType.INT64, 10, 20);
        Tensor indices = whole(DType.INT32, 1, 1);
        Tensor updates = whole(DType.INT64, 3, 30);
        assertThat(longs(new ScatterElements(0, ScatterKind.SET), row, indices, updates)).containsExactly(10, 30);
        assertThat(longs(new ScatterElements(0, ScatterKind.ADD), row, indices, updates)).containsExactly(10, 53);
        assertThat(longs(new ScatterElements(0, ScatterKind.MUL), row, indices, updates)).containsExactly(10, 1800);
        assertThat(longs(new ScatterElements(0, ScatterKind.MAX), row, indices, updates)).containsExactly(10, 30);
        assertThat(longs(new ScatterElements(0, ScatterKind.MIN), row, indices, updates)).containsExactly(10, 3);
        Tensor rows = whole(TensorType.of(DType.INT32, 1, 3), 7, 8, 9);
        assertThat(longs(new ScatterNd(ScatterKind.ADD), x, whole(TensorType.of(DType.INT32, 1, 1), 1), rows))
                .containsExactly(1, 2, 3, 11, 13, 15);
    }

    @Test
    void reductions_ofAMatrix_combineTheAxes() {
        assertThat(longs(new Reduce(ReduceKind.SUM, List.of(0), false), x)).containsExactly(5, 7, 9);
        assertThat(longs(new Reduce(ReduceKind.PROD, List.of(1), true), x)).containsExactly(6, 120);
        assertThat(longs(new Reduce(ReduceKind.MAX, List.of(0, 1), false), x)).containsExactly(6);
        assertThat(longs(new Reduce(ReduceKind.ALL, List.of(0), false), whole(DType.BOOL, 1, 0))).containsExactly(0);
        assertThat(longs(new Reduce(ReduceKind.ANY, List.of(0), false), whole(DType.BOOL, 1, 0))).containsExactly(1);
    }

    @Test
    void reductions_ofNothing_giveTheIdentity() {
        assertThat(doubles(new Reduce(ReduceKind.SUM, List.of(0), false), vector())).containsExactly(0);
        assertThat(doubles(new Reduce(ReduceKind.PROD, List.of(0), false), vector())).containsExactly(1);
        assertThat(doubles(new Reduce(ReduceKind.MAX, List.of(0), false), vector())).containsExactly(NEGATIVE_INFINITY);
        assertThat(doubles(new Reduce(ReduceKind.MIN, List.of(0), false), vector())).containsExactly(POSITIVE_INFINITY);
        assertThat(longs(new Reduce(ReduceKind.MAX, List.of(0), false), whole(DType.INT8))).containsExactly(-128);
        assertThat(longs(new Reduce(ReduceKind.MIN, List.of(0), false), whole(DType.UINT8))).containsExactly(255);
        assertThat(longs(new Reduce(ReduceKind.ALL, List.of(0), false), whole(DType.BOOL))).containsExactly(1);
    }

    @Test
    void extremes_withNaN_areNaNAndTheFirstOneIsFound() {
        Tensor row = vector(1, NaN, 3, NaN);
        assertThat(doubles(new Reduce(ReduceKind.MAX, List.of(0), false), row)).containsExactly(NaN);
        assertThat(longs(new ArgReduce(true, 0), row)).containsExactly(1);
        assertThat(longs(new ArgReduce(false, 0), row)).containsExactly(1);
        assertThat(longs(new ArgReduce(true, 0), vector(2, 5, 5))).containsExactly(1);
        assertThat(doubles(new Cumulative(CumulativeKind.MAX, 0, false), row)).containsExactly(1, NaN, NaN, NaN);
    }

    @Test
    void cumulative_bothDirections_includeTheElement() {
        assertThat(longs(new Cumulative(CumulativeKind.SUM, 1, false), x)).containsExactly(1, 3, 6, 4, 9, 15);
        assertThat(longs(new Cumulative(CumulativeKind.SUM, 1, true), x)).containsExactly(6, 5, 3, 15, 11, 6);
        assertThat(longs(new Cumulative(CumulativeKind.PROD, 0, false), x)).containsExactly(1, 2, 3, 4, 10, 18);
    }

    @Test
    void order_withTiesAndNaN_isStableAndPutsNaNAsLargest() {
        Tensor row = vector(3, NaN, 1, 3, -0.0, 0.0);
        assertThat(longs(new ArgSort(0, false), row)).containsExactly(4, 5, 2, 0, 3, 1);
        assertThat(longs(new ArgSort(0, true), row)).containsExactly(1, 0, 3, 2, 4, 5);
        assertThat(doubles(new Sort(0, true), row)).containsExactly(NaN, 3, 3, 1, -0.0, 0.0);
        List<Tensor> top = Eval.all(new TopK(3), row);
        assertThat(top.get(0).doubles).containsExactly(NaN, 3, 3);
        assertThat(top.get(1).longs).containsExactly(1, 0, 3);
    }

    @Test
    void matMul_transposedAndBatched_isTheProduct() {
        assertThat(longs(new MatMul(false, true), x, x)).containsExactly(14, 32, 32, 77);
        assertThat(longs(new MatMul(true, false), x, x)).containsExactly(17, 22, 27, 22, 29, 36, 27, 36, 45);
        Tensor two = whole(TensorType.of(DType.INT32, 2, 3, 1), 1, 0, 0, 0, 1, 0);
        assertThat(longs(new MatMul(false, false), x, two)).containsExactly(1, 4, 2, 5);
    }
}
