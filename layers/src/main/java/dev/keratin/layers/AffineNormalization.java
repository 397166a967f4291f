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
    private Initializer betaInitializer = Initializers.get("zeros");
    private Initializer gammaInitializer = Initializers.get("ones");
    private @Nullable Regularizer betaRegularizer;
    private @Nullable Regularizer gammaRegularizer;
    private @Nullable Constraint betaConstraint;
    private @Nullable Constraint gammaConstraint;
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
        betaInitializer = initializer;
        return self();
    }

    /** How beta starts, by Keras name. */
    public final S betaInitializer(String name) {
        return betaInitializer(Initializers.get(name));
    }

    /** How gamma starts; {@code "ones"} by default. */
    public final S gammaInitializer(Initializer initializer) {
        gammaInitializer = initializer;
        return self();
    }

    /** How gamma starts, by Keras name. */
    public final S gammaInitializer(String name) {
        return gammaInitializer(Initializers.get(name));
    }

    /** What penalises beta; nothing by default. */
    public final S betaRegularizer(@Nullable Regularizer regularizer) {
        betaRegularizer = regularizer;
        return self();
    }

    /** What penalises gamma; nothing by default. */
    public final S gammaRegularizer(@Nullable Regularizer regularizer) {
        gammaRegularizer = regularizer;
        return self();
    }

    /** What beta is made to fulfil after each update; nothing by default. */
    public final S betaConstraint(@Nullable Constraint constraint) {
        betaConstraint = constraint;
        return self();
    }

    /** What gamma is made to fulfil after each update; nothing by default. */
    public final S gammaConstraint(@Nullable Constraint constraint) {
        gammaConstraint = constraint;
        return self();
    }

    /** Makes gamma and beta, as far as there are any. */
    final void addGammaAndBeta(Shape shape, boolean hasGamma, boolean hasBeta) {
        if (hasGamma) {
            gamma = addWeight(new WeightSpec("gamma", shape, gammaInitializer)
                    .regularizer(gammaRegularizer).constraint(gammaConstraint));
        }
        if (hasBeta) {
            beta = addWeight(new WeightSpec("beta", shape, betaInitializer)
                    .regularizer(betaRegularizer).constraint(betaConstraint));
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
        config.set("beta_initializer", Initializers.registry().serialize(betaInitializer));
        config.set("gamma_initializer", Initializers.registry().serialize(gammaInitializer));
        Configs.put(config, "beta_regularizer", Regularizers.registry(), betaRegularizer);
        Configs.put(config, "gamma_regularizer", Regularizers.registry(), gammaRegularizer);
        Configs.put(config, "beta_constraint", Constraints.registry(), betaConstraint);
        Configs.put(config, "gamma_constraint", Constraints.registry(), gammaConstraint);
        return config;
    }

    final S configureAffine(ObjectNode config) {
        configure(config);
        epsilon = Json.number(config, "epsilon", epsilon);
        center = Json.bool(config, "center", true);
        scale = Json.bool(config, "scale", true);
        betaInitializer = Configs.get(config, "beta_initializer", Initializers.registry(), betaInitializer);
        gammaInitializer = Configs.get(config, "gamma_initializer", Initializers.registry(), gammaInitializer);
        betaRegularizer = Configs.get(config, "beta_regularizer", Regularizers.registry());
        gammaRegularizer = Configs.get(config, "gamma_regularizer", Regularizers.registry());
        betaConstraint = Configs.get(config, "beta_constraint", Constraints.registry());
        gammaConstraint = Configs.get(config, "gamma_constraint", Constraints.registry());
        return self();
    }
}
