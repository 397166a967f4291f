package dev.keratin.models;

import static dev.keratin.layers.Layers.conv2d;
import static dev.keratin.layers.Layers.dense;
import static dev.keratin.layers.Layers.dropout;
import static dev.keratin.layers.Layers.flatten;
import static dev.keratin.layers.Layers.input;
import static dev.keratin.models.Models.sequential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.layers.CallContext;
import dev.keratin.layers.Layer;
import dev.keratin.random.Random;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed gives the same bits on every backend. */
class SeedTest extends OnBackends {
    private static final long SEED = 42;
    private static final int ROWS = 64;
    private static final int COLUMNS = 33;

    /** Predicts as if it was training, so that what is dropped shows in a compiled step. */
    private static final class AlwaysDropping extends Model {
        private final Layer dropout = dropout(0.5);

        @Override
        protected Tensor call(Tensor input, CallContext context) {
            return dropout.call(input, true);
        }
    }

    private static List<ByteBuffer> weights(String backend, String initializer) {
        use(backend);
        Random.setSeed(SEED);
        Sequential model = sequential(input(9, 9, 2), conv2d(7, 3).kernelInitializer(initializer), flatten(),
                dense(11).kernelInitializer(initializer).biasInitializer("random_uniform"), dropout(0.5), dense(3));
        return ModelState.of(model).weights();
    }

    @ParameterizedTest
    @ValueSource(strings = {"glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal",
        "random_uniform", "random_normal", "truncated_normal", "variance_scaling", "orthogonal"})
    void weights_sameSeed_areTheSameBitsOnBothBackends(String initializer) {
        assertThat(weights(NATIVE, initializer)).isEqualTo(weights(JAVA, initializer));
    }

    @Test
    void weights_sameSeedAgain_areTheSameBits() {
        assertThat(weights(NATIVE, "glorot_uniform")).isEqualTo(weights(NATIVE, "glorot_uniform"));
    }

    private static List<ByteBuffer> masks(String backend, boolean compiled) {
        use(backend);
        Random.setSeed(SEED);
        Model model = new AlwaysDropping();
        Tensor ones = Ops.ones(Shape.of(ROWS, COLUMNS));
        List<ByteBuffer> masks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            masks.add((compiled ? model.predictOnBatch(ones) : model.call(ones, true)).toBytes());
        }
        return masks;
    }

    @Test
    void dropout_sameSeed_dropsTheSameOnBothBackends() {
        List<ByteBuffer> expected = masks(JAVA, false);
        assertThat(expected).doesNotHaveDuplicates();
        assertThat(masks(JAVA, true)).as("compiled").isEqualTo(expected);
        assertThat(masks(NATIVE, false)).as("native").isEqualTo(expected);
        assertThat(masks(NATIVE, true)).as("native, compiled").isEqualTo(expected);
    }
}
