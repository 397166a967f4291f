package dev.keratin.layers;

/**
 * The settings of cells with a forget gate, and of the layers that make them.
 *
 * @param <S> the class that has them, which every setter gives back
 */
interface MemoryOptions<S> extends GatedOptions<S> {
    /** Whether the bias of the forget gate starts at 1; true by default. */
    @SuppressWarnings("unchecked")
    default S unitForgetBias(boolean ones) {
        settings().unitForgetBias = ones;
        return (S) this;
    }
}
