package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Registry;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Makes layers: one factory for each class, named like it with a small first letter, with the arguments that Keras takes
 * by position; everything else is set on the result.
 */
public final class Layers extends PreprocessingLayers {
    private static final Registry<Layer> REGISTRY = new Registry<>("layer", "keras.layers");

    static {
        registerCore(REGISTRY);
        registerActivation(REGISTRY);
        registerConvolution(REGISTRY);
        registerPooling(REGISTRY);
        registerNormalization(REGISTRY);
        registerRegularization(REGISTRY);
        registerReshaping(REGISTRY);
        registerMerging(REGISTRY);
        registerRecurrent(REGISTRY);
        registerAttention(REGISTRY);
        registerPreprocessing(REGISTRY);
        ServiceLoader.load(Classes.class, Layers.class.getClassLoader()).forEach(classes -> classes.addTo(REGISTRY));
    }

    /** Makes layer classes of another module known to files; found by {@link ServiceLoader}. */
    public interface Classes {
        /** Registers the classes. */
        void addTo(Registry<Layer> registry);
    }

    private Layers() {}

    /** The layer classes that files may name. */
    public static Registry<Layer> registry() {
        return REGISTRY;
    }

    /**
     * Makes an own layer class known to files.
     *
     * @param className as its {@code className()} gives it
     * @param factory from what its {@code config()} wrote
     */
    public static void register(String className, Function<ObjectNode, ? extends Layer> factory) {
        REGISTRY.register(factory, className);
    }
}
