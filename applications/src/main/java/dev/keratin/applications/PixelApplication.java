package dev.keratin.applications;

/**
 * An application whose first layers prepare pixels from 0 to 255, unless they are left out.
 *
 * @param <S> the architecture's own class, which every setter gives back
 */
public abstract class PixelApplication<S extends PixelApplication<S>> extends Application<S> {
    private boolean includePreprocessing = true;

    PixelApplication(String architecture, InputSize size, PoolingNames poolingNames) {
        super(architecture, size, poolingNames);
    }

    /** Whether the layers that prepare pixels are part of the model; true by default. */
    public final S includePreprocessing(boolean prepares) {
        includePreprocessing = prepares;
        return self();
    }

    final boolean includePreprocessing() {
        return includePreprocessing;
    }

    @Override
    public final Preprocessing preprocessing() {
        return Preprocessing.NONE;
    }
}
