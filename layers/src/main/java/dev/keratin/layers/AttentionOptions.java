package dev.keratin.layers;

import org.jspecify.annotations.Nullable;

/**
 * The settings of layers of attention.
 *
 * @param <S> the class that has them, which every setter gives back
 */
interface AttentionOptions<S> {
    /** Where they are kept. */
    AttentionSettings attention();

    /** This object as its own class. */
    @SuppressWarnings("unchecked")
    private S me() {
        return (S) this;
    }

    /** The part of the weights of sources that is dropped in training, from 0 to 1; 0 by default. */
    default S dropout(double rate) {
        attention().dropout = rate;
        return me();
    }

    /** Whether a target sees no source after it; false by default. In Keras an argument of the call. */
    default S useCausalMask(boolean causal) {
        attention().useCausalMask = causal;
        return me();
    }

    /** Whether the weights of the sources are given as a second output; false by default. In Keras an argument of the call. */
    default S returnAttentionScores(boolean scores) {
        attention().returnAttentionScores = scores;
        return me();
    }

    /** What dropout depends on; null, the default, for the global seed. */
    default S seed(@Nullable Integer newSeed) {
        attention().seed = newSeed;
        return me();
    }
}
