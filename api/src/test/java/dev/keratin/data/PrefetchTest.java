package dev.keratin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PrefetchTest {
    /** Counts up; can be told to fail; tells when its pass is over. */
    private static final class Counting implements Iterable<Batch> {
        private final List<Batch> made = new ArrayList<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private final int failAt;

        Counting(int failAt) {
            this.failAt = failAt;
        }

        @Override
        public Iterator<Batch> iterator() {
            return new BatchIterator() {
                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public Batch next() {
                    if (made.size() == failAt) {
                        throw new IllegalStateException("no batch " + failAt);
                    }
                    made.add(Batch.of(Tensor.of(new int[] {made.size()}, 1)));
                    return made.get(made.size() - 1);
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }
    }

    private static int number(Batch batch) {
        return (int) batch.x().get(0).item();
    }

    @Test
    void prefetch_ofManyBatches_keepsTheirOrder() {
        Tensor x = Tensor.of(new int[] {0, 1, 2, 3, 4, 5, 6}, 7);
        Dataset data = Dataset.fromTensors(x).batch(1).prefetch(3);
        for (int pass = 0; pass < 2; pass++) {
            List<Integer> numbers = new ArrayList<>();
            data.forEach(batch -> numbers.add(number(batch)));
            assertThat(numbers).containsExactly(0, 1, 2, 3, 4, 5, 6);
        }
        assertThat(data.cardinality()).isEqualTo(7);
    }

    @Test
    void prefetch_ofAFailingSource_throwsAfterTheBatchesBefore() {
        BatchIterator batches = Dataset.of(new Counting(2)).prefetch(4).iterator();
        assertThat(number(batches.next())).isZero();
        assertThat(number(batches.next())).isEqualTo(1);
        assertThatThrownBy(batches::next).isInstanceOf(IllegalStateException.class).hasMessage("no batch 2");
    }

    @Test
    void close_inTheMiddle_endsThePassAndClosesWhatWaits() throws InterruptedException {
        Counting source = new Counting(-1);
        Batch first;
        try (BatchIterator batches = Dataset.of(source).prefetch(2).iterator()) {
            first = batches.next();
        }
        assertThat(source.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(first.x().get(0).isClosed()).isFalse();
        assertThat(source.made.stream().skip(1)).allMatch(batch -> batch.x().get(0).isClosed());
    }
}
