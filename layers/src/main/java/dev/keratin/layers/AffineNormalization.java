package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.config.Json;
import dev.keratin.constraints.Constraint;
import dev.keratin.constraints.Constraints;
import dev.keratin.initializers.Initializer;
import dev.keratin.initializers.Initializers;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import org.jspecify.annotations.Nullable;

/**
 * A normalization with a trained factor gamma and a trained summand beta: {@code normalized * gamma + beta}. Computed in
 * float32 at least.
 *
 * @param <S> the layer's own class
 */
public abstract class AffineNormalization<S extends AffineNormalization<S>> extends FluentLayer<S> {
    private double epsilon = 1e-3;
    private boolean center = true;
    private boolean scale = true;
    private final WeightSettings betaSettings = new WeightSettings("zeros");
    private final WeightSettings gammaSettings = new WeightSettings("ones");
    private @Nullable Variable gamma;
    private @Nullable Variable beta;

    /** A layer with Keras's defaults. */
    protected AffineNormalization() {}

    /** What is added to the variance before the root is taken; 0.001 by default. */
    public final S epsilon(double value) {
        epsilon = value;
        return self();
    }

    /** Whether there is a beta; true by default. */
    public final S center(boolean hasBeta) {
        center = hasBeta;
        return self();
    }

    /** Whether there is a gamma; true by default. */
    public final S scale(boolean hasGamma) {
        scale = hasGamma;
        return self();
    }

    /** How beta starts; {@code "zeros"} by default. */
    public final S betaInitializer(Initializer initializer) {
        betaSettings.initializer = initializer;
        return self();
    }

    /** How beta starts, by Keras name. */
    public final S betaInitializer(String name) {
        return betaInitializer(Initializers.get(name));
    }

    /** What penalises beta; nothing by default. */
    public final S betaRegularizer(@Nullable Regularizer regularizer) {
        betaSettings.regularizer = regularizer;
        return self();
    }

    /** What penalises beta, by Keras name. */
    public final S betaRegularizer(String name) {
        return betaRegularizer(Regularizers.get(name));
    }

    /** What beta is made to fulfil after each update; nothing by default. */
    public final S betaConstraint(@Nullable Constraint constraint) {
        betaSettings.constraint = constraint;
        return self();
    }

    /** What beta is made to fulfil, by Keras name. */
    public final S betaConstraint(String name) {
        return betaConstraint(Constraints.get(name));
    }

    /** How gamma starts; {@code "ones"} by default. */
    public final S gammaInitializer(Initializer initializer) {
        gammaSettings.initializer = initializer;
        return self();
    }

    /** How gamma starts, by Keras name. */
    public final S gammaInitializer(String name) {
        return gammaInitializer(Initializers.get(name));
    }

    /** What penalises gamma; nothing by default. */
    public final S gammaRegularizer(@Nullable Regularizer regularizer) {
        gammaSettings.regularizer = regularizer;
        return self();
    }

    /** What penalises gamma, by Keras name. */
    public final S gammaRegularizer(String name) {
        return gammaRegularizer(Regularizers.get(name));
    }

    /** What gamma is made to fulfil after each update; nothing by default. */
    public final S gammaConstraint(@Nullable Constraint constraint) {
        gammaSettings.constraint = constraint;
        return self();
    }

    /** What gamma is made to fulfil, by Keras name. */
    public final S gammaConstraint(String name) {
        return gammaConstraint(Constraints.get(name));
    }

    /** Makes gamma and beta, as far as there are any. */
    final void addGammaAndBeta(Shape shape, boolean hasGamma, boolean hasBeta) {
        if (hasGamma) {
            gamma = addWeight(gammaSettings.spec("gamma", shape));
        }
        if (hasBeta) {
            beta = addWeight(betaSettings.spec("beta", shape));
        }
    }

    final double epsilon() {
        return epsilon;
    }

    final boolean hasBeta() {
        return center;
    }

    final boolean hasGamma() {
        return scale;
    }

    final @Nullable Tensor gamma(DType dtype) {
        return gamma == null ? null : Ops.cast(gamma.value(), dtype);
    }

    final @Nullable Tensor beta(DType dtype) {
        return beta == null ? null : Ops.cast(beta.value(), dtype);
    }

    /** An input in the type to compute in. */
    static Tensor widened(Tensor input) {
        return Ops.cast(input, input.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32);
    }

    @Override
    protected boolean castsInputs() {
        return false;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config().put("epsilon", epsilon).put("center", center).put("scale", scale);
        betaSettings.write(config, "beta");
        gammaSettings.write(config, "gamma");
        return config;
    }

    final S configureAffine(ObjectNode config) {
        configure(config);
        epsilon = Json.number(config, "epsilon", epsilon);
        center = Json.bool(config, "center", true);
        scale = Json.bool(config, "scale", true);
        betaSettings.read(config, "beta");
        gammaSettings.read(config, "gamma");
        return self();
    }
}
