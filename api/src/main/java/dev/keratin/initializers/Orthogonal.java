package dev.keratin.initializers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A random matrix with orthonormal rows or columns, whichever are fewer, times a factor. All axes but the last together
 * count as rows.
 *
 * @see <a href="https://arxiv.org/abs/1312.6120">Saxe et al.: Exact solutions to the nonlinear dynamics of learning in
 *     deep linear neural networks (2013)</a>
 */
public final class Orthogonal extends RandomInitializer<Orthogonal> {
    private final double gain;

    /** With the factor 1. */
    public Orthogonal() {
        this(1.0);
    }

    /** With the given factor. */
    public Orthogonal(double gain) {
        this(gain, null);
    }

    private Orthogonal(double gain, @Nullable Long seed) {
        super(seed);
        this.gain = gain;
    }

    static Orthogonal from(ObjectNode config) {
        return new Orthogonal(Json.number(config, "gain", 1.0), seed(config));
    }

    @Override
    Orthogonal self() {
        return this;
    }

    @Override
    public ByteBuffer bytes(Shape shape, DType dtype) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException("Orthogonal: at least two axes are required. Received: a weight of shape "
                    + shape + ".");
        }
        int columns = (int) shape.dim(-1);
        int rows = columns == 0 ? 0 : (int) (shape.size() / columns);
        double[][] basis = OrthonormalBasis.random(Math.max(rows, columns), Math.min(rows, columns), stream());
        boolean tall = rows >= columns;
        return Fill.with(shape, dtype, index -> {
            int row = index / columns;
            int column = index % columns;
            return gain * (tall ? basis[column][row] : basis[row][column]);
        });
    }

    @Override
    public ObjectNode config() {
        return super.config().put("gain", gain);
    }
}
