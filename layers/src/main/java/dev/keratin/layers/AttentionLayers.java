package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of attention. */
abstract class AttentionLayers extends RecurrentLayers {
    AttentionLayers() {}

    static void registerAttention(Registry<Layer> registry) {
        registry.register(MultiHeadAttention::from, "MultiHeadAttention");
        registry.register(Attention::from, "Attention");
        registry.register(AdditiveAttention::from, "AdditiveAttention");
        registry.register(GroupQueryAttention::from, "GroupQueryAttention", "GroupedQueryAttention");
    }

    /** {@link MultiHeadAttention}. */
    public static MultiHeadAttention multiHeadAttention(int numHeads, int keyDim) {
        return new MultiHeadAttention(numHeads, keyDim);
    }

    /** {@link GroupQueryAttention}. */
    public static GroupQueryAttention groupQueryAttention(int headDim, int numQueryHeads, int numKeyValueHeads) {
        return new GroupQueryAttention(headDim, numQueryHeads, numKeyValueHeads);
    }

    /** {@link Attention}. */
    public static Attention attention() {
        return new Attention();
    }

    /** {@link AdditiveAttention}. */
    public static AdditiveAttention additiveAttention() {
        return new AdditiveAttention();
    }
}
