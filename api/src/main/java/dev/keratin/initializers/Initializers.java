package dev.keratin.initializers;

import dev.keratin.config.Json;
import dev.keratin.config.Registry;

/** The initializers that strings and files may name. */
public final class Initializers {
    private static final Registry<Initializer> REGISTRY = new Registry<Initializer>("initializer", "keras.initializers")
            .register(config -> new Zeros(), "Zeros", "zeros", "zero")
            .register(config -> new Ones(), "Ones", "ones", "one")
            .register(Constant::from, "Constant", "constant")
            .register(config -> new Identity(Json.number(config, "gain", 1.0)), "Identity", "identity", "IdentityInitializer")
            .register(STFT::from, "STFT", "stft", "STFTInitializer")
            .register(RandomNormal::from, "RandomNormal", "random_normal", "normal")
            .register(RandomUniform::from, "RandomUniform", "random_uniform", "uniform")
            .register(TruncatedNormal::from, "TruncatedNormal", "truncated_normal")
            .register(VarianceScaling::from, "VarianceScaling", "variance_scaling")
            .register(GlorotUniform::from, "GlorotUniform", "glorot_uniform")
            .register(GlorotNormal::from, "GlorotNormal", "glorot_normal")
            .register(HeUniform::from, "HeUniform", "he_uniform")
            .register(HeNormal::from, "HeNormal", "he_normal")
            .register(LecunUniform::from, "LecunUniform", "lecun_uniform")
            .register(LecunNormal::from, "LecunNormal", "lecun_normal")
            .register(Orthogonal::from, "Orthogonal", "orthogonal", "OrthogonalInitializer");

    private Initializers() {}

    /** The initializer of a name such as {@code "he_normal"}, with default arguments and a seed of its own. */
    public static Initializer get(String name) {
        return REGISTRY.get(name);
    }

    /** The names, to which own initializers can be added. */
    public static Registry<Initializer> registry() {
        return REGISTRY;
    }
}
