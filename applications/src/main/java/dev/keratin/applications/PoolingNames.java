package dev.keratin.applications;

import org.jspecify.annotations.Nullable;

/** When Keras names the layer that pools the features {@code avg_pool} or {@code max_pool}; otherwise its name is automatic. */
enum PoolingNames {
    ALWAYS, WITH_TOP, NEVER;

    /** The name of the layer; null for an automatic one. */
    @Nullable String of(String kind, boolean includeTop) {
        return this == ALWAYS || this == WITH_TOP && includeTop ? kind + "_pool" : null;
    }
}
