package dev.keratin.layers;

import dev.keratin.config.Registry;

/** Factories of layers with several inputs. */
abstract class MergingLayers extends ReshapingLayers {
    MergingLayers() {}

    static void registerMerging(Registry<Layer> registry) {
        registry.register(Add::from, "Add");
        registry.register(Subtract::from, "Subtract");
        registry.register(Multiply::from, "Multiply");
        registry.register(Average::from, "Average");
        registry.register(Maximum::from, "Maximum");
        registry.register(Minimum::from, "Minimum");
        registry.register(Concatenate::from, "Concatenate");
        registry.register(Dot::from, "Dot");
    }

    /** {@link Add}. */
    public static Add add() {
        return new Add();
    }

    /** {@link Subtract}. */
    public static Subtract subtract() {
        return new Subtract();
    }

    /** {@link Multiply}. */
    public static Multiply multiply() {
        return new Multiply();
    }

    /** {@link Average}. */
    public static Average average() {
        return new Average();
    }

    /** {@link Maximum}. */
    public static Maximum maximum() {
        return new Maximum();
    }

    /** {@link Minimum}. */
    public static Minimum minimum() {
        return new Minimum();
    }

    /** {@link Concatenate}. */
    public static Concatenate concatenate() {
        return new Concatenate();
    }

    /** {@link Concatenate}. */
    public static Concatenate concatenate(int axis) {
        return new Concatenate(axis);
    }

    /** {@link Dot}. */
    public static Dot dot(int... axes) {
        return new Dot(axes);
    }
}
