package dev.keratin.regularizers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;

/** The factor times the mean magnitude of the cosines between the rows (or the columns) of a matrix, pair by pair. */
public final class OrthogonalRegularizer implements Regularizer {
    private final double factor;
    private final String mode;

    /** With the factor 0.01, of rows. */
    public OrthogonalRegularizer() {
        this(0.01, "rows");
    }

    /**
     * Of the given kind.
     *
     * @param factor at least 0
     * @param mode {@code "rows"} or {@code "columns"}
     */
    public OrthogonalRegularizer(double factor, String mode) {
        if (!mode.equals("rows") && !mode.equals("columns")) {
            throw new IllegalArgumentException("OrthogonalRegularizer: mode \"rows\" or \"columns\" is required. Received: \""
                    + mode + "\".");
        }
        this.factor = Factor.checked("OrthogonalRegularizer", "factor", factor);
        this.mode = mode;
    }

    /** The penalty of a matrix. */
    @Override
    public Tensor call(Tensor x) {
        if (x.rank() != 2) {
            throw new IllegalArgumentException("OrthogonalRegularizer: a matrix is required. Received: " + x.type() + ".");
        }
        Tensor rows = unitRows(mode.equals("rows") ? x : Ops.transpose(x));
        long count = rows.shape().dim(0);
        Tensor cosines = Ops.matmul(rows, Ops.transpose(rows));
        Tensor others = Ops.multiply(cosines, Ops.subtract(1.0, Ops.eye(count, count, 0, x.dtype())));
        double pairs = count * (count - 1.0) / 2.0;
        return Ops.multiply(Ops.sum(Ops.abs(others)), factor * 0.5 / pairs);
    }

    private static Tensor unitRows(Tensor x) {
        Tensor inverse = Ops.rsqrt(Ops.sum(Ops.square(x), -1, true));
        return Ops.multiply(x, Ops.minimum(inverse, 1.0 / Configuration.epsilon()));
    }

    @Override
    public ObjectNode config() {
        return Json.object().put("factor", factor).put("mode", mode);
    }
}
