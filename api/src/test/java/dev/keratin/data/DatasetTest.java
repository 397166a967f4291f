package dev.keratin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private final Tensor x = Tensor.of(new float[] {0, 0, 1, 10, 2, 20, 3, 30, 4, 40}, 5, 2);
    private final Tensor y = Tensor.of(new int[] {0, 1, 2, 3, 4}, 5);

    private static List<int[]> targets(Dataset data) {
        List<int[]> batches = new ArrayList<>();
        for (Batch batch : data) {
            batches.add(batch.y().get(0).toIntArray());
            batch.close();
        }
        return batches;
    }

    private Dataset batches(int size) {
        return Dataset.fromTensors(x, y).batch(size);
    }

    @Test
    void batch_ofFiveRows_keepsTheSmallerLastOne() {
        assertThat(targets(batches(2))).containsExactly(new int[] {0, 1}, new int[] {2, 3}, new int[] {4});
        assertThat(batches(2).cardinality()).isEqualTo(3);
    }

    @Test
    void batch_droppingTheRemainder_leavesTheSmallerOneOut() {
        Dataset data = Dataset.fromTensors(x, y).batch(2, true);
        assertThat(targets(data)).containsExactly(new int[] {0, 1}, new int[] {2, 3});
        assertThat(data.cardinality()).isEqualTo(2);
    }

    @Test
    void batch_ofRows_holdsTheRowsOfAllTensors() {
        Tensor weight = Tensor.of(new float[] {.1f, .2f, .3f, .4f, .5f}, 5);
        Batch second;
        try (BatchIterator batches = Dataset.fromTensors(x, y, weight).batch(2).iterator()) {
            batches.next().close();
            second = batches.next();
        }
        assertThat(second.x().get(0).toFloatArray()).containsExactly(2, 20, 3, 30);
        assertThat(second.sampleWeights().get(0).toFloatArray()).containsExactly(.3f, .4f);
    }

    @Test
    void batch_ofSizeZero_isRefused() {
        assertThatThrownBy(() -> batches(0)).hasMessage(
                "batch: a batch size of at least 1 is required. Received: 0. Keras takes 32 unless told otherwise.");
    }

    @Test
    void fromTensors_withDifferentLengths_isRefused() {
        assertThatThrownBy(() -> Dataset.fromTensors(x, Tensor.of(new int[] {1, 2}, 2)))
                .hasMessageContaining("the same length").hasMessageContaining("[5, 2]").hasMessageContaining("int32[2]");
    }

    @Test
    void shuffle_inEachPass_takesAllRowsInAnotherOrder() {
        Dataset data = Dataset.fromTensors(x, y).shuffle(1).batch(5);
        int[] first = targets(data).get(0);
        int[] second = targets(data).get(0);
        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(second).containsExactlyInAnyOrder(0, 1, 2, 3, 4).isNotEqualTo(first);
    }

    @Test
    void shuffle_withTheSameSeed_givesTheSameOrders() {
        TensorRows rows = Dataset.fromTensors(x, y).shuffle(3);
        assertThat(targets(rows.batch(5).repeat(3))).usingRecursiveComparison()
                .isEqualTo(targets(rows.batch(5).repeat(3)));
    }

    @Test
    void take_afterSkip_givesTheBatchesBetween() {
        Dataset data = batches(1).skip(1).take(2);
        assertThat(targets(data)).containsExactly(new int[] {1}, new int[] {2});
        assertThat(data.cardinality()).isEqualTo(2);
        assertThat(batches(2).skip(7).cardinality()).isZero();
    }

    @Test
    void repeat_withAndWithoutNumber_goesOn() {
        assertThat(targets(batches(4).repeat(2)))
                .containsExactly(new int[] {0, 1, 2, 3}, new int[] {4}, new int[] {0, 1, 2, 3}, new int[] {4});
        assertThat(batches(4).repeat(2).cardinality()).isEqualTo(4);
        assertThat(batches(4).repeat().cardinality()).isEqualTo(Dataset.INFINITE);
        assertThat(targets(batches(4).repeat().take(3))).hasSize(3);
        assertThat(targets(Dataset.of(List.<Batch>of()).repeat())).isEmpty();
    }

    @Test
    void map_ofBatches_closesWhatIsNotUsedAnyMore() {
        List<Tensor> old = new ArrayList<>();
        Dataset doubled = batches(5).map(batch -> {
            old.addAll(batch.tensors());
            return Batch.of(Ops.multiply(Ops.add(batch.x().get(0), 1), 2), batch.y().get(0));
        });
        Batch batch = doubled.iterator().next();
        assertThat(batch.x().get(0).toFloatArray()).startsWith(2, 2, 4, 22);
        assertThat(batch.y().get(0).isClosed()).isFalse();
        assertThat(old.get(0).isClosed()).isTrue();
    }

    @Test
    void validationSplit_ofAFifth_takesTheLastRows() {
        TensorRows.Split split = Dataset.fromTensors(x, y).validationSplit(0.2);
        assertThat(targets(split.train().batch(9))).containsExactly(new int[] {0, 1, 2, 3});
        assertThat(targets(split.validation().batch(9))).containsExactly(new int[] {4});
    }

    @Test
    void validationSplit_thatLeavesNothing_isRefused() {
        assertThatThrownBy(() -> Dataset.fromTensors(x, y).validationSplit(0.9))
                .hasMessageContaining("validationSplit").hasMessageContaining("0.9 of 5 rows");
    }

    @Test
    void gather_ofRowsOfARange_countsFromItsBeginning() {
        assertThat(Dataset.fromTensors(x, y).range(2, 5).gather(2, 0).y().get(0).toIntArray()).containsExactly(4, 2);
        assertThatThrownBy(() -> Dataset.fromTensors(x, y).range(2, 5).gather(3)).hasMessageContaining("from 0 to 2");
    }

    @Test
    void source_ofBatches_isAskedByNumberAndToldOfTheEnd() {
        List<String> calls = new ArrayList<>();
        Dataset data = Dataset.of(new BatchSource() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public Batch get(int index) {
                return Batch.of(Tensor.of(new float[1], 1, 1), Tensor.of(new int[] {index}, 1));
            }

            @Override
            public void onEpochEnd() {
                calls.add("end");
            }
        });
        assertThat(targets(data)).containsExactly(new int[] {0}, new int[] {1});
        assertThat(calls).containsExactly("end");
        assertThatThrownBy(() -> batches(5).skip(1).iterator().next()).isInstanceOf(NoSuchElementException.class);
    }
}
