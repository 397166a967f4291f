package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * What batch renormalization (Ioffe, 2017) adds to batch normalization: in training the batch's mean and standard
 * deviation are corrected towards their moving averages, by a factor r and a summand d that no gradient goes through.
 */
final class Renorm {
    private static final double DEFAULT_MOMENTUM = 0.99;

    private final JsonNode clipping;
    private final double momentum;
    private @Nullable Variable movingDeviation;
    private @Nullable Variable mean;
    private @Nullable Variable deviation;

    /** Corrections without limits. */
    Renorm() {
        this(Json.object(), DEFAULT_MOMENTUM);
    }

    private Renorm(JsonNode clipping, double momentum) {
        this.clipping = clipping;
        this.momentum = momentum;
    }

    static @Nullable Renorm read(ObjectNode config) {
        JsonNode clipping = Json.has(config, "renorm_clipping") ? config.get("renorm_clipping") : Json.object();
        double momentum = Json.number(config, "renorm_momentum", DEFAULT_MOMENTUM);
        return Json.bool(config, "renorm", false) ? new Renorm(clipping, momentum) : null;
    }

    static ObjectNode write(ObjectNode config, @Nullable Renorm renorm) {
        config.put("renorm", renorm != null);
        config.set("renorm_clipping", renorm == null ? config.nullNode() : renorm.clipping);
        return config.put("renorm_momentum", renorm == null ? DEFAULT_MOMENTUM : renorm.momentum);
    }

    void build(Variable newMovingDeviation, Variable newMean, Variable newDeviation) {
        movingDeviation = newMovingDeviation;
        mean = newMean;
        deviation = newDeviation;
    }

    /** The transformation of the input with r and d: {@code (x * r + d) * gamma + beta}. */
    BatchNormalization.Affine correct(BatchNormalization.Affine plain, double epsilon) {
        Ops.Moments batch = plain.moments();
        Tensor known = Ops.maximum(Ops.cast(deviation.value(), batch.mean().dtype()), Math.sqrt(epsilon));
        Tensor distance = Ops.subtract(batch.mean(), Ops.cast(mean.value(), batch.mean().dtype()));
        Tensor r = Ops.stopGradient(clipped(Ops.divide(root(batch, epsilon), known)));
        Tensor d = Ops.stopGradient(clippedShift(Ops.divide(distance, known)));
        Tensor factor = plain.factor() == null ? r : Ops.multiply(r, plain.factor());
        Tensor shift = plain.factor() == null ? d : Ops.multiply(d, plain.factor());
        Tensor offset = plain.offset() == null ? shift : Ops.add(shift, plain.offset());
        return new BatchNormalization.Affine(batch, factor, offset);
    }

    /** Moves the averages towards a batch and gives the standard deviation to use outside of training. */
    Tensor update(Ops.Moments batch, double epsilon, double movingMomentum) {
        Tensor root = root(batch, epsilon);
        BatchNormalization.average(mean, batch.mean(), momentum);
        BatchNormalization.average(deviation, root, momentum);
        return BatchNormalization.average(movingDeviation, root, movingMomentum);
    }

    private static Tensor root(Ops.Moments batch, double epsilon) {
        return Ops.sqrt(Ops.add(batch.variance(), epsilon));
    }

    private Tensor clipped(Tensor r) {
        Double least = Json.number(clipping, "rmin");
        Double most = Json.number(clipping, "rmax");
        Tensor raised = least == null ? r : Ops.maximum(r, least);
        return most == null ? raised : Ops.minimum(raised, most);
    }

    private Tensor clippedShift(Tensor d) {
        Double most = Json.number(clipping, "dmax");
        return most == null ? d : Ops.clip(d, -most, most);
    }
}
