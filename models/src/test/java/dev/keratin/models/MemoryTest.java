package dev.keratin.models;

import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static dev.keratin.models.training.FitOption.batchSize;
import static dev.keratin.models.training.FitOption.epochs;
import static dev.keratin.models.training.FitOption.verbose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keratin.Backends;
import dev.keratin.Tensor;
import dev.keratin.autodiff.GradientTape;
import dev.keratin.losses.MeanSquaredError;
import dev.keratin.models.training.Compilation;
import dev.keratin.optimizers.Adam;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work that is repeated needs no more memory, native or on the Java heap. */
class MemoryTest extends OnBackends {
    private static final int BATCH = 8;
    private static final int WARM_UP = 100;
    private static final int STEPS = 10_000;
    private static final int RECOMPILATIONS = 20;
    private static final int EAGER_STEPS = 500;
    /** What logs, caches and the JVM's own bookkeeping may add; a leak of a hundred bytes per step is over it. */
    private static final long HEAP_TOLERANCE = 700_000;
    private static final long EAGER_HEAP_TOLERANCE = 300_000;

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int SETTLED = 3;
    private static final long OTHER_CLEANERS_NANOS = 20_000_000L;
    private static final long DEADLINE_NANOS = 60_000_000_000L;

    private final float[][] x = new float[10 * BATCH][4];
    private final float[][] y = new float[10 * BATCH][1];

    MemoryTest() {
        Random random = new Random(5);
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < 4; j++) {
                x[i][j] = random.nextFloat();
                y[i][0] += x[i][j];
            }
        }
    }

    @BeforeEach
    void useNative() {
        use(NATIVE);
    }

    private static Sequential compiled(boolean eagerly) {
        Sequential model = sequential(input(4), dense(8).activation("relu"), dropout(0.2), dense(1));
        model.compile(new Compilation("adam", "mse").metrics("mae").runEagerly(eagerly));
        return model;
    }

    /** What is in use once everything unreachable is gone. */
    private record Memory(long nativeBytes, long heap) {
        static Memory now() {
            long bytes = settled();
            Runtime runtime = Runtime.getRuntime();
            return new Memory(bytes, runtime.totalMemory() - runtime.freeMemory());
        }

        /** The native bytes in use, once several collections in a row have left them as they were. */
        private static long settled() {
            long deadline = System.nanoTime() + DEADLINE_NANOS;
            long bytes = Backends.current().allocatedBytes();
            for (int unchanged = 0; unchanged < SETTLED;) {
                assertThat(System.nanoTime()).as("the native bytes settle").isLessThan(deadline);
                collect();
                long now = Backends.current().allocatedBytes();
                unchanged = now == bytes ? unchanged + 1 : 0;
                bytes = now;
            }
            return bytes;
        }

        /** Collects garbage; returns when a cleaner has seen what the collection found, and others had the time to. */
        private static void collect() {
            CountDownLatch cleaned = new CountDownLatch(1);
            CLEANER.register(new Object(), cleaned::countDown);
            do {
                System.gc();
            } while (!awaited(cleaned));
            LockSupport.parkNanos(OTHER_CLEANERS_NANOS);
        }

        private static boolean awaited(CountDownLatch latch) {
            try {
                return latch.await(OTHER_CLEANERS_NANOS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Runs an action as warm-up, then with the number of steps, and fails if that leaves memory in use. */
    private static void requireNoLeak(int steps, long heapTolerance, IntConsumer action) {
        action.accept(WARM_UP);
        Memory before = Memory.now();
        action.accept(steps);
        Memory after = Memory.now();
        assertThat(after.nativeBytes()).as("native bytes").isLessThanOrEqualTo(before.nativeBytes());
        assertThat(after.heap()).as("bytes of the Java heap").isLessThan(before.heap() + heapTolerance);
    }

    @Test
    void fit_tenThousandSteps_leaveMemoryAsItWas() {
        Sequential model = compiled(false);
        requireNoLeak(STEPS, HEAP_TOLERANCE, steps -> model.fit(x, y, epochs(steps / 10), batchSize(BATCH), verbose(0)));
    }

    @Test
    void trainOnBatch_tenThousandStepsOnArrays_leaveMemoryAsItWas() {
        Sequential model = compiled(false);
        float[][] batchX = java.util.Arrays.copyOf(x, BATCH);
        float[][] batchY = java.util.Arrays.copyOf(y, BATCH);
        requireNoLeak(STEPS, HEAP_TOLERANCE, steps -> {
            for (int i = 0; i < steps; i++) {
                model.trainOnBatch(batchX, batchY);
            }
        });
    }

    @Test
    void fit_eagerly_leavesMemoryAsItWas() {
        Sequential model = compiled(true);
        requireNoLeak(EAGER_STEPS, EAGER_HEAP_TOLERANCE,
                steps -> model.fit(x, y, epochs(steps / 10), batchSize(BATCH), verbose(0)));
    }

    @Test
    void gradientTape_eagerLoop_leavesMemoryAsItWas() {
        Sequential model = compiled(false);
        Adam optimizer = new Adam(1e-3);
        MeanSquaredError lossFn = new MeanSquaredError();
        try (Tensor batchX = Tensor.of(x); Tensor batchY = Tensor.of(y)) {
            requireNoLeak(EAGER_STEPS, EAGER_HEAP_TOLERANCE, steps -> {
                for (int i = 0; i < steps; i++) {
                    Tensor loss;
                    try (var tape = new GradientTape()) {
                        loss = lossFn.call(batchY, model.call(batchX, true));
                        optimizer.apply(tape.gradient(loss, model.trainableVariables()), model.trainableVariables());
                    }
                    loss.close();
                }
            });
        }
    }

    @Test
    void evaluateAndPredict_repeated_leaveMemoryAsItWas() {
        Sequential model = compiled(false);
        requireNoLeak(EAGER_STEPS, EAGER_HEAP_TOLERANCE, steps -> {
            for (int i = 0; i < steps / 10; i++) {
                model.evaluate(x, y, batchSize(BATCH), verbose(0));
                model.testOnBatch(x, y);
                model.predict(x, batchSize(3 * BATCH), verbose(0)).close();
                model.predictOnBatch(x).close();
            }
        });
    }

    @Test
    void compile_again_freesWhatWasCompiled() {
        Sequential model = sequential(input(4), dense(2).activation("tanh"));
        requireNoLeak(RECOMPILATIONS * 10, EAGER_HEAP_TOLERANCE, times -> {
            for (int i = 0; i < times / 10; i++) {
                model.compile("sgd", "mse");
                model.predict(x, verbose(0)).close();
                model.evaluate(x, new float[x.length][2], verbose(0));
            }
        });
    }

    @Test
    void step_leakingOneBuffer_isNoticed() {
        List<Tensor> leaked = new ArrayList<>();
        assertThatThrownBy(() -> requireNoLeak(1, HEAP_TOLERANCE, steps -> {
            if (steps == 1) {
                leaked.add(Tensor.of(new float[] {1}));
            }
        })).isInstanceOf(AssertionError.class).hasMessageContaining("native bytes");
        leaked.forEach(Tensor::close);
    }
}
