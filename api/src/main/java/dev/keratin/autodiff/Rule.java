package dev.keratin.autodiff;

import dev.keratin.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How gradients pass backwards through one op. */
@FunctionalInterface
interface Rule {
    /** One gradient for each input, of its type; null where none flows or {@link Application#needs} says it is no use. */
    List<@Nullable Tensor> apply(Application application);
}
