package dev.keratin.applications;

import dev.keratin.config.Registry;
import dev.keratin.layers.Layer;
import dev.keratin.layers.Layers;

/** Makes the layers that only applications have known to files. */
public final class ApplicationLayers implements Layers.Classes {
    /** For the service loader. */
    public ApplicationLayers() {}

    @Override
    public void addTo(Registry<Layer> registry) {
        registry.register(CustomScaleLayer::from, "CustomScaleLayer")
                .inModule("keras.src.applications.inception_resnet_v2", "CustomScaleLayer");
        registry.register(LayerScale::from, "LayerScale").inModule("keras.src.applications.convnext", "LayerScale");
    }
}
