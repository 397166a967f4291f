package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.regularizers.L1L2;

/**
 * Passes its input on and adds {@code l1 * sum(|x|) + l2 * sum(x^2)}, divided by the batch size, to the loss.
 *
 * @see <a href="https://keras.io/api/layers/regularization_layers/activity_regularization/">Keras: ActivityRegularization</a>
 */
public final class ActivityRegularization extends FluentLayer<ActivityRegularization> {
    private final double l1;
    private final double l2;

    /**
     * A layer with factors.
     *
     * @param l1 of the absolute values
     * @param l2 of the squares
     */
    public ActivityRegularization(double l1, double l2) {
        this.l1 = l1;
        this.l2 = l2;
        setActivityRegularizer(new L1L2(l1, l2));
    }

    static ActivityRegularization from(ObjectNode config) {
        double l1 = Json.number(config, "l1", 0);
        double l2 = Json.number(config, "l2", 0);
        ActivityRegularization layer = new ActivityRegularization(l1, l2);
        layer.configure(config);
        layer.setActivityRegularizer(new L1L2(l1, l2));
        return layer;
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        return input;
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.remove("activity_regularizer");
        return config.put("l1", l1).put("l2", l2);
    }
}
