package dev.keratin.losses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;

/** How a focal loss weights its terms; immutable. */
record Focal(double alpha, double gamma, boolean fromLogits, double labelSmoothing, boolean balanced) {
    static final Focal DEFAULT = new Focal(0.25, 2.0, false, 0.0, false);

    static Focal from(JsonNode config) {
        return new Focal(Json.number(config, "alpha", 0.25), Json.number(config, "gamma", 2.0),
                Json.bool(config, "from_logits", false), Json.number(config, "label_smoothing", 0.0),
                Json.bool(config, "apply_class_balancing", false));
    }

    Focal alpha(double value) {
        return new Focal(value, gamma, fromLogits, labelSmoothing, balanced);
    }

    Focal gamma(double value) {
        return new Focal(alpha, value, fromLogits, labelSmoothing, balanced);
    }

    Focal fromLogits(boolean value) {
        return new Focal(alpha, gamma, value, labelSmoothing, balanced);
    }

    Focal labelSmoothing(double value) {
        return new Focal(alpha, gamma, fromLogits, value, balanced);
    }

    Focal balanced(boolean value) {
        return new Focal(alpha, gamma, fromLogits, labelSmoothing, value);
    }

    ObjectNode addTo(ObjectNode config, int axis) {
        return config.put("from_logits", fromLogits).put("label_smoothing", labelSmoothing).put("axis", axis)
                .put("alpha", alpha).put("gamma", gamma);
    }
}
