package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.config.Json;
import org.jspecify.annotations.Nullable;

/**
 * Which element types a layer uses: {@code "float32"} and other floating types for everything, {@code "mixed_float16"}
 * and {@code "mixed_bfloat16"} for 16 bits in computations and float32 in weights.
 *
 * @param name the Keras name
 * @param computeDType what floating inputs are cast to and the output has
 * @param variableDType what weights have
 */
public record DTypePolicy(String name, DType computeDType, DType variableDType) {
    private static final String MIXED = "mixed_";
    private static volatile @Nullable DTypePolicy global;

    /** The policy with a Keras name. */
    public static DTypePolicy of(String name) {
        if (name.startsWith(MIXED)) {
            return new DTypePolicy(name, DType.of(name.substring(MIXED.length())), DType.FLOAT32);
        }
        DType dtype = DType.of(name);
        return new DTypePolicy(name, dtype, dtype);
    }

    /** The policy of layers that are given none: what {@link #setGlobal} set, else the floatx. */
    public static DTypePolicy global() {
        DTypePolicy set = global;
        return set != null ? set : of(Configuration.floatx().toString());
    }

    /** Sets {@link #global}, as {@code keras.config.set_dtype_policy} does; null for the floatx. */
    public static void setGlobal(@Nullable DTypePolicy policy) {
        global = policy;
    }

    /** A floating tensor in the compute dtype; any other as it is. */
    public Tensor compute(Tensor tensor) {
        if (!tensor.dtype().isFloating() || tensor.dtype() == computeDType) {
            return tensor;
        }
        Tensor cast = Ops.cast(tensor, computeDType);
        cast.attachMask(tensor.mask());
        return cast;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("module", "keras");
        json.put("class_name", "DTypePolicy");
        json.putObject("config").put("name", name);
        json.putNull("registered_name");
        return json;
    }

    static DTypePolicy fromJson(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return global();
        }
        if (json.isTextual()) {
            return of(json.asText());
        }
        JsonNode config = json.path("config");
        String name = config.path("name").asText(config.path("dtype").asText(""));
        return name.isEmpty() ? global() : of(name);
    }
}
