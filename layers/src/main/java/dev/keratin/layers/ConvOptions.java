package dev.keratin.layers;

/**
 * The settings of layers that move a kernel over spatial axes.
 *
 * @param <S> the class that has them, which every setter gives back
 */
interface ConvOptions<S> {
    /** Where they are kept. */
    ConvSettings movement();

    /** This object as its own class. */
    @SuppressWarnings("unchecked")
    private S me() {
        return (S) this;
    }

    /** Steps between neighbouring windows, one for all spatial axes or one for each; 1 by default. */
    default S strides(int... steps) {
        movement().strides(steps);
        return me();
    }

    /** Distances between neighbouring elements of the kernel, one for all spatial axes or one for each; 1 by default. */
    default S dilationRate(int... distances) {
        movement().dilationRate(distances);
        return me();
    }

    /**
     * {@code "valid"}, the default: windows lie inside of the input. {@code "same"}: zeros are put around so that the output
     * is as long as the input divided by the strides. {@code "causal"}, for one axis: all zeros come before.
     */
    default S padding(String name) {
        movement().padding(name);
        return me();
    }

    /** {@code "channels_last"} or {@code "channels_first"}; as configured by default. */
    default S dataFormat(String name) {
        movement().dataFormat(name);
        return me();
    }
}
